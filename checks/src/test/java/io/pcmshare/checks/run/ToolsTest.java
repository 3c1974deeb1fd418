package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.WavBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The rest of alsa-utils. */
final class ToolsTest {
    @TempDir private Path folder;

    @Test
    void listsAndDumpsSayWhatTheKernelsDo() throws IOException, InterruptedException {
        Programs.need("aplay", "arecord", "speaker-test");

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null")
                        .lockstep()
                        .script(
                                """
                                aplay -l
                                aplay -L
                                arecord -D hw:0 --dump-hw-params -d 1 -f dat /dev/null 2>&1
                                try speaker-test -D hw:0 -c 2 -r 48000 -l 1 -t sine
                                try speaker-test -c 2 -l 1 -t pink -P 4
                                cat /proc/asound/card0/pcm0p/info
                                """);

        assertThat(outcome.status()).as(outcome.all()).isZero();
        assertThat(outcome.out())
                .contains("card 0: Dummy [Dummy], device 0: Dummy PCM [Dummy PCM]")
                .contains("Subdevices: 8/8")
                .contains("hw:CARD=Dummy,DEV=0")
                .contains("RATE: [5500 48000]")
                .contains("PERIOD_BYTES: [64 65536]")
                .contains("subdevices_avail: 8")
                .doesNotContain("FAILED");
    }

    @Test
    void mixerSettingsAreStoredAndRestored() throws IOException, InterruptedException {
        Programs.need("amixer");

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null")
                        .script(
                                """
                                PATH=$PATH:/usr/sbin
                                try alsactl -f first store
                                amixer -q sset Master 40% mute; amixer sget Master
                                try alsactl -f first restore
                                amixer sget Master
                                try alsactl -f second store
                                cmp first second && echo the same
                                """);

        assertThat(outcome.out())
                .as(outcome.all())
                .containsSubsequence(
                        "10 [40%] [-27.00dB] Playback [off]",
                        "100 [100%] [0.00dB] Playback [on]", "the same")
                .doesNotContain("FAILED");
    }

    @Test
    void alsabatFindsItsToneBehindTheCable() throws IOException, InterruptedException {
        Programs.need("alsabat");

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("loopback")
                        .run("alsabat", "-Phw:0,0", "-Chw:0,1", "-c2", "-r48000", "-fS16_LE");

        assertThat(outcome.status()).as(outcome.all()).isZero();
        assertThat(outcome.out()).contains("PASS: Peak detected at target frequency");
    }

    @Test
    void alsaloopCarriesEverySampleFromCardToCard() throws IOException, InterruptedException {
        Programs.need("alsaloop", "aplay");
        Path source = Cable.soundAndSilence(folder.resolve("a.wav"));

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("loopback")
                        .card("wav:out=o.wav")
                        .lockstep()
                        .script(
                                Cable.WAIT
                                        + """
                                        alsaloop -C hw:0,1 -P hw:1,0 -f S16_LE -c 2 -r 48000 \
                                            -t 200000 -S 0 -a off >loop.out 2>&1 &
                                        running
                                        try aplay -q -D hw:0,0 a.wav
                                        sleep 0.3
                                        kill -INT $!; wait $! || echo "FAILED $?"
                                        """);

        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        assertThat(Files.readString(folder.resolve("loop.out"))).doesNotContain("run for");
        Wav.read(folder.resolve("o.wav")).assertHeardWhole(Cable.soundOf(source), "alsaloop");
    }

    @Test
    void aCardsWavFileIsThereThoughTheProgramWasKilled() throws IOException, InterruptedException {
        Programs.need("aplay");
        Path source = WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, 48_000, 16, 480_000);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null:record=heard")
                        .script(
                                Cable.WAIT.replace("pcm1c", "pcm0p")
                                        + """
                                        aplay -q -M -D hw:0 a.wav &
                                        running
                                        sleep 0.5; kill -9 $!; wait $!; echo $?
                                        cat /proc/asound/card0/pcm0p/sub0/status
                                        """);

        assertThat(outcome.out()).as(outcome.all()).contains("137", "closed");
        Wav.read(folder.resolve("heard/card0-pcm0p-sub0-1.wav"))
                .assertPieceOf(Wav.read(source), 10_000, "killed");
    }
}
