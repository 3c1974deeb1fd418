package io.pcmshare.server.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** The mix of 64 clients of all kinds is the sum that mathematics makes of them. */
@NoFdLeaks
@Timeout(120)
final class ReferenceMixTest {
    private static final int CLIENTS = 64;
    private static final int RATE = 48_000;
    private static final double SECONDS = 0.5;
    private static final long SEED = 20_261_126;

    private static final List<PcmFormat> FORMATS =
            List.of(
                    PcmFormat.U8,
                    PcmFormat.S16_LE,
                    PcmFormat.S16_BE,
                    PcmFormat.S24_3LE,
                    PcmFormat.S32_LE,
                    PcmFormat.FLOAT_LE,
                    PcmFormat.FLOAT64_LE);

    /** Those that may be resampled: their own steps are far below the output's. */
    private static final List<PcmFormat> FINE =
            List.of(PcmFormat.S24_3LE, PcmFormat.S32_LE, PcmFormat.FLOAT64_LE);

    private static final int[] RATES = {RATE, RATE, 44_100, 96_000, 32_000, 22_050, 192_000, 8000};

    /** -3 dB for centre and side, and as much softer as all together could be too loud. */
    private static final double FRONT_OF_SURROUND = 1 / (1 + 2 * Math.sqrt(0.5));

    @TempDir Path folder;

    /** A tone and the volume at which it is played. */
    private record Part(Tone tone, double decibels, long periodSize) {
        double heardAt(double second, int channel) {
            double gain = Math.pow(10, decibels / 20);
            double value = tone.rate() == RATE ? tone.heardAt(second) : tone.at(second);
            if (tone.channels() <= 2) {
                return gain * value;
            }
            return channel == 0 ? gain * value * FRONT_OF_SURROUND : 0;
        }
    }

    private static List<Part> parts(Random random) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int rate = RATES[i % RATES.length];
            List<PcmFormat> formats = rate == RATE ? FORMATS : FINE;
            PcmFormat format = formats.get(random.nextInt(formats.size()));
            int channels = List.of(1, 2, 2, 6).get(i / RATES.length % 4);
            double hertz = 100 + random.nextDouble() * (rate * 0.38 - 100);
            double decibels = i % 5 == 0 ? -6 - random.nextInt(10) : 0;
            long period = List.of(0, 64, 333, 1024, 4000).get(random.nextInt(5));
            parts.add(
                    new Part(
                            new Tone(
                                    format,
                                    channels,
                                    rate,
                                    Math.min(hertz, 15_000),
                                    1.0 / 70,
                                    SECONDS),
                            decibels,
                            period));
        }
        return parts;
    }

    @Test
    void sixtyFourClientsOfMixedFormatsAreHeardAsTheirSum() throws Exception {
        Path out = folder.resolve("mix.wav");
        List<Part> parts = parts(new Random(SEED));
        byte[] heard;
        try (BayRig rig =
                new BayRig(
                        new DeviceWish(RATE, 2, PcmFormat.S16_LE, 256, true, true),
                        "wav:out=" + out)) {
            for (Part part : parts) {
                Tone tone = part.tone();
                TestClient client =
                        rig.play(
                                StreamWish.Mode.SHARED,
                                Voice.of(tone.format(), tone.channels(), tone.rate()),
                                part.periodSize(),
                                tone.samples());
                Objects.requireNonNull(client.stream.fader()).decibels(part.decibels());
            }
            rig.runAll();
            heard = rig.heard(out);
        }

        // half a step of rounding, a step of dither, and what is left of resamplers and 24 bits
        double allowed = 1.51 / 32768;
        ByteBuffer samples = ByteBuffer.wrap(heard).order(ByteOrder.LITTLE_ENDIAN);
        int frames = (int) (SECONDS * RATE);
        assertThat(heard.length / 4).isGreaterThanOrEqualTo(frames);
        double worst = 0;
        double squares = 0;
        for (int frame = 0; frame < frames; frame++) {
            double second = (double) frame / RATE;
            for (int channel = 0; channel < 2; channel++) {
                double expected = 0;
                for (Part part : parts) {
                    expected += part.heardAt(second, channel);
                }
                double error = samples.getShort(frame * 4 + channel * 2) / 32768.0 - expected;
                worst = Math.max(worst, Math.abs(error));
                squares += error * error;
            }
        }
        assertThat(worst).as("worst error, seed=%d", SEED).isLessThan(allowed);
        // rounding and dither together: a variance of a quarter of a step's square
        assertThat(Math.sqrt(squares / (2 * frames)) * 32768)
                .as("root of the mean square of the error, in steps")
                .isLessThan(0.52);
    }
}
