package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.WavBytes;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Programs that play at once through a mixer card into one file. */
final class MixerTest {
    private static final int RATE = 48_000;

    @TempDir private Path folder;

    private Wav source(String name, int frames) throws IOException {
        return Wav.read(WavBytes.write(folder.resolve(name), WavBytes.PCM, 2, RATE, 16, frames));
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 32})
    void oneProgramIsHeardToTheSample(int programBits) throws IOException, InterruptedException {
        Path aplay = Programs.alsaUtils("aplay", programBits);
        Wav a = source("a.wav", 30_011);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("wav:out=o.wav")
                        .card("mixer:of=0,record=heard")
                        .lockstep()
                        .script(
                                """
                                try %1$s -q -D hw:1,0 a.wav
                                try %1$s -q -M -D hw:1,0 --period-size=512 --buffer-size=1024 a.wav
                                """
                                        .formatted(aplay));

        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        Wav.read(folder.resolve("heard/card1-pcm0p-sub0-1.wav")).assertPlayed(a, "part");
        Wav mix = Wav.read(folder.resolve("o.wav"));
        // two whole numbers of periods, with nothing between: aplay fills its last one
        int first = Wav.read(folder.resolve("heard/card1-pcm0p-sub0-1.wav")).samples().length;
        int second = Wav.read(folder.resolve("heard/card1-pcm0p-sub0-2.wav")).samples().length;
        assertThat(mix.samples().length).isEqualTo(first + second);
        mix.first(first / mix.frameBytes()).assertPlayed(a, "first");
        byte[] rest = java.util.Arrays.copyOfRange(mix.samples(), first, first + second);
        new Wav(2, RATE, 16, rest).assertPlayed(a, "second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lockstep", "real"})
    void programsAtOnceAreHeardAsTheirSum(String clock) throws IOException, InterruptedException {
        Programs.need("aplay");
        Wav a = source("a.wav", 60_000);
        Wav b =
                Wav.read(
                        WavBytes.write(folder.resolve("b.wav"), WavBytes.PCM, 1, RATE, 16, 24_000));
        Supervised supervised =
                new Supervised(folder).card("wav:out=o.wav").card("mixer:of=0,id=Mix");
        if (clock.equals("lockstep")) {
            supervised.lockstep();
        }

        Supervised.Outcome outcome =
                supervised.script(
                        """
                        try aplay -q -D hw:Mix a.wav &
                        try aplay -q -D hw:Mix b.wav &
                        wait
                        """);

        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        Wav mix = Wav.read(folder.resolve("o.wav"));
        assertThat(sumsAt(mix, a, b)).as("where one begins after the other").isNotNull();
    }

    /** One starts at frame 0, and one a while later; {@code null} where that is not the sum. */
    private static @Nullable Integer sumsAt(Wav mix, Wav a, Wav b) {
        int frames = mix.samples().length / mix.frameBytes();
        for (int later = 0; later < frames; later++) {
            if (isSum(mix, a, 0, b, later) || isSum(mix, a, later, b, 0)) {
                return later;
            }
        }
        return null;
    }

    private static boolean isSum(Wav mix, Wav a, int startOfA, Wav b, int startOfB) {
        int frames = mix.samples().length / mix.frameBytes();
        int end =
                Math.max(
                        startOfA + a.samples().length / a.frameBytes(),
                        startOfB + b.samples().length / b.frameBytes());
        if (frames < end) {
            return false;
        }
        for (int frame = 0; frame < frames; frame++) {
            for (int channel = 0; channel < 2; channel++) {
                int sum = sample(a, frame - startOfA, channel) + sample(b, frame - startOfB, 0);
                if (sample(mix, frame, channel) != Math.clamp(sum, -32_768, 32_767)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int sample(Wav wav, int frame, int channel) {
        ByteBuffer in = ByteBuffer.wrap(wav.samples()).order(ByteOrder.LITTLE_ENDIAN);
        int at = frame * wav.frameBytes() + channel * Short.BYTES;
        return at < 0 || at >= wav.samples().length ? 0 : in.getShort(at);
    }

    @Test
    void theMixersStreamsAreSeenAsThoseOfAnyCard() throws IOException, InterruptedException {
        Programs.need("aplay");
        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("wav:out=o.wav")
                        .card("mixer:of=0")
                        .card("null")
                        .card("mixer:of=2,substreams=3")
                        .script(
                                """
                                aplay -l
                                cat /proc/asound/pcm /proc/asound/cards
                                cat /proc/asound/card1/pcm0p/sub7/info
                                ls -d /sys/class/sound/pcmC1D0* /proc/asound/card1/pcm0p/sub8
                                """);

        assertThat(outcome.out())
                .contains("card 1: Mixer [Mixer], device 0: Mixer PCM [Mixer PCM]")
                .contains("  Subdevices: 8/8\n")
                .contains("01-00: Mixer PCM : Mixer PCM : playback 8\n")
                .contains("03-00: Mixer PCM : Mixer PCM : playback 3 : capture 3\n")
                .contains(" 1 [Mixer          ]: Mixer - Mixer\n")
                .contains("subname: subdevice #7\n")
                .contains("/sys/class/sound/pcmC1D0p\n")
                .doesNotContain("pcmC1D0c")
                .doesNotContain("sub8");
    }

    @Test
    void aMixerOfNothingIsASentence() throws IOException, InterruptedException {
        Supervised.Outcome outcome =
                new Supervised(folder).card("null").card("mixer:of=2").run("true");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("Card 1, a mixer of=2: there is no card 2, the last one is 1.");
    }
}
