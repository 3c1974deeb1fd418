package io.pcmshare.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.mix.FrameConverter.Shape;
import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** What rounding does to a signal, with noise before it. Errors are in steps of the format. */
final class DitherTest {
    /** So many that the mean of noise of half a step is known to a hundredth at five sigma. */
    private static final int COUNT = 1 << 16;

    private static final double STEP_S16 = 1.0 / (1 << 15);
    private static final long SEED = 7;

    /** What is heard of samples as integers of a format. */
    private static double[] rounded(double[] samples, PcmFormat to, boolean isDithered) {
        double[] noisy = samples.clone();
        if (isDithered) {
            new Dither(PcmFormat.FLOAT64_LE, to, SEED).apply(noisy, 0, noisy.length);
        }
        byte[] out = new byte[noisy.length * Samples.bytes(to)];
        new FrameConverter(new Shape(PcmFormat.FLOAT64_LE, 1), new Shape(to, 1))
                .convert(
                        MemorySegment.ofArray(noisy),
                        0,
                        MemorySegment.ofArray(out),
                        0,
                        noisy.length);
        double step = Math.scalb(1.0, 1 - Samples.bits(to));
        double[] heard = new double[noisy.length];
        for (int i = 0; i < heard.length; i++) {
            heard[i] = step * Model.read(out, i, to);
        }
        return heard;
    }

    private static double[] errors(double[] samples, PcmFormat to) {
        double[] errors = rounded(samples, to, true);
        double step = Math.scalb(1.0, 1 - Samples.bits(to));
        for (int i = 0; i < errors.length; i++) {
            errors[i] = (errors[i] - samples[i]) / step;
        }
        return errors;
    }

    @ParameterizedTest
    @CsvSource({"S16_LE", "S16_BE", "U16_LE", "S8", "U8", "S20_LE", "S18_3LE"})
    void noSampleIsOffByMoreThanOneAndAHalfSteps(PcmFormat to) {
        Seeds.forEach(
                5,
                random ->
                        assertThat(
                                        Arrays.stream(
                                                errors(
                                                        random.doubles(5000, -0.9, 0.9).toArray(),
                                                        to)))
                                .allMatch(error -> Math.abs(error) < 1.5));
    }

    /** Mean and power of the error, wherever between two steps a signal stands: no modulation. */
    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.1, 0.25, 0.5, 0.75, 1000.3})
    void theErrorIsTheSameNoiseWhateverTheSignalIs(double steps) {
        double[] constant = new double[COUNT];
        Arrays.fill(constant, steps * STEP_S16);

        double[] errors = errors(constant, PcmFormat.S16_LE);

        double mean = Arrays.stream(errors).average().orElseThrow();
        double power = Arrays.stream(errors).map(error -> error * error).average().orElseThrow();
        assertThat(mean).isCloseTo(0, within(0.01));
        // two even numbers and one rounding, a twelfth each
        assertThat(power).isCloseTo(0.25, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.4, 3, 10_000})
    void theErrorHasNothingToDoWithTheSignal(double steps) {
        double[] tone = Tone.of(997, 48000, steps * STEP_S16, COUNT);

        double[] errors = errors(tone, PcmFormat.S16_LE);

        double product = 0;
        for (int i = 0; i < COUNT; i++) {
            product += errors[i] * tone[i];
        }
        double correlation =
                product / COUNT / (Tone.rms(tone, 0, COUNT) * Tone.rms(errors, 0, COUNT));
        // five sigma of what is independent
        assertThat(correlation).isCloseTo(0, within(5 / Math.sqrt(COUNT)));
    }

    @Test
    void theErrorIsWhiteFromZeroToHalfOfTheRate() {
        double[] errors = errors(Tone.of(997, 48000, 3 * STEP_S16, COUNT), PcmFormat.S16_LE);

        int piece = 1024;
        int bands = 32;
        int lines = 4;
        for (int band = 0; band < bands; band++) {
            double power = 0;
            for (int line = 0; line < lines; line++) {
                // between 0 and half of the rate, which are no complex lines
                double cycles = (band + (line + 0.5) / lines) * piece / 2 / bands;
                for (int from = 0; from < COUNT; from += piece) {
                    power += line(errors, from, piece, 2 * Math.PI * cycles / piece);
                }
            }
            // 256 of them, which nothing connects: sigma is a sixteenth, and five of it 1.2 dB down
            double mean = power * piece / lines / COUNT;
            assertThat(10 * Math.log10(mean / 0.25))
                    .as("band %s of %s, dB beside white noise", band, bands)
                    .isBetween(-1.6, 1.2);
        }
    }

    /** Power of one line of the spectrum, such that white noise has its own power in each. */
    private static double line(double[] samples, int from, int count, double angle) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < count; i++) {
            real += samples[from + i] * Math.cos(angle * i);
            imaginary += samples[from + i] * Math.sin(angle * i);
        }
        return (real * real + imaginary * imaginary) / count;
    }

    @Test
    void aToneBelowTheLastBitStaysAToneAndWithoutDitherIsLost() {
        double[] tone = Tone.of(997, 48000, 0.4 * STEP_S16, COUNT);

        double[] dithered = rounded(tone, PcmFormat.S16_LE, true);

        assertThat(rounded(tone, PcmFormat.S16_LE, false)).containsOnly(0);
        double amplitude = Tone.fit(dithered, 0, COUNT, 997, 48000).amplitude();
        assertThat(amplitude / STEP_S16).isCloseTo(0.4, within(0.015));
    }

    @Test
    void silenceStaysSilenceAndComesBackAfterAWhile() {
        double[] samples = new double[4000];
        samples[1000] = 0.5;
        new Dither(PcmFormat.FLOAT_LE, PcmFormat.S8, SEED).apply(samples, 0, samples.length);

        assertThat(Arrays.copyOf(samples, 1000)).containsOnly(0);
        int quiet = 1000 + Dither.QUIET_SAMPLES;
        assertThat(Arrays.stream(samples, 1000, quiet)).allMatch(sample -> sample != 0);
        assertThat(Arrays.copyOfRange(samples, quiet, 4000)).containsOnly(0);
    }

    @Test
    void theSameSeedIsTheSameNoiseInWhateverPiecesSamplesCome() {
        Seeds.forEach(
                20,
                random -> {
                    double[] samples = new double[5000];
                    for (int i = random.nextInt(5000); i < 5000; i += random.nextInt(1, 1500)) {
                        samples[i] = random.nextDouble();
                    }
                    double[] pieces = samples.clone();
                    long seed = random.nextLong();
                    Dither whole = new Dither(PcmFormat.S32_LE, PcmFormat.S16_LE, seed);
                    Dither cut = new Dither(PcmFormat.S32_LE, PcmFormat.S16_LE, seed);

                    whole.apply(samples, 0, 5000);
                    for (int at = 0; at < 5000; ) {
                        int piece = Math.min(5000 - at, random.nextInt(300));
                        cut.apply(pieces, at, piece);
                        at += piece;
                    }

                    assertThat(pieces).isEqualTo(samples);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "S16_LE, S16_BE, false",
        "S16_LE, S32_LE, false",
        "U8, S16_LE, false",
        "S16_LE, FLOAT_LE, false",
        "FLOAT64_LE, FLOAT_LE, false",
        "S32_LE, S24_LE, false",
        "FLOAT_LE, S32_LE, false",
        "FLOAT_LE, MU_LAW, false",
        "S24_3LE, S16_LE, true",
        "S32_LE, S16_LE, true",
        "FLOAT_LE, S16_LE, true",
        "FLOAT64_LE, U8, true",
        "S16_LE, S8, true",
        "S24_LE, S20_LE, true",
    })
    void onlyWhereSomethingAudibleIsLostIsNoiseAdded(
            PcmFormat from, PcmFormat to, boolean isUseful) {
        Dither dither = new Dither(from, to, SEED);
        double[] samples = {0.5, 0.25};

        dither.apply(samples, 0, 2);

        assertThat(Dither.isUseful(from, to)).isEqualTo(isUseful);
        assertThat(dither.isTransparent()).isNotEqualTo(isUseful);
        assertThat(samples[0] == 0.5 && samples[1] == 0.25).isNotEqualTo(isUseful);
    }

    @Test
    void nothingIsAllocatedWhileItPlays() {
        Dither dither = new Dither(PcmFormat.FLOAT_LE, PcmFormat.S16_LE, SEED);
        double[] samples = new double[2048];
        Arrays.fill(samples, 0.1);

        assertThat(Allocations.bytesOnceWarm(() -> dither.apply(samples, 0, 2048))).isZero();
    }
}
