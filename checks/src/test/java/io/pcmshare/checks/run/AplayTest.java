package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.WavBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code aplay} and {@code arecord} of Debian, for 64 and for 32 bits, to the sample. */
final class AplayTest {
    /** Format tag, channels, rate, bits: every width, one to eight channels, 8 to 192 kHz. */
    private static final int[][] FORMATS = {
        {WavBytes.PCM, 1, 8000, 8},
        {WavBytes.PCM, 2, 44_100, 16},
        {WavBytes.PCM, 3, 11_025, 24},
        {WavBytes.PCM, 6, 192_000, 24},
        {WavBytes.PCM, 8, 96_000, 32},
        {WavBytes.FLOAT, 2, 48_000, 32}
    };

    /** Neither a whole number of periods nor of anything else. */
    private static final int QUARTER_SECOND_AND = 13;

    @TempDir private Path folder;

    private final StringBuilder script = new StringBuilder();
    private final List<Path> played = new ArrayList<>();

    private void play(Path aplay, Path file, String options) {
        script.append("try %s -q %s %s\n".formatted(aplay, options, file));
        played.add(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 32})
    void everyFormatIsHeardToTheSample(int programBits) throws IOException, InterruptedException {
        Path aplay = Programs.alsaUtils("aplay", programBits);
        for (int[] f : FORMATS) {
            Path file = folder.resolve("f%d-%d-%d.wav".formatted(f[0], f[1], f[3]));
            WavBytes.write(file, f[0], f[1], f[2], f[3], f[2] / 4 + QUARTER_SECOND_AND);
            play(aplay, file, "-D hw:0");
            play(aplay, file, "-D hw:0 -M");
        }
        Path stereo = folder.resolve("f1-2-16.wav");
        play(aplay, stereo, "-D hw:0 -N");
        play(aplay, stereo, "-D plughw:0");
        play(aplay, stereo, "-D default");
        play(aplay, stereo, "-D hw:0 --period-size=16 --buffer-size=64");
        play(aplay, stereo, "-D hw:0 --period-size=32768 --buffer-size=65536");
        play(aplay, stereo, "-D hw:0 --period-time=1000 --buffer-time=3000");
        play(aplay, stereo, "-D hw:0 -M --period-size=7 --buffer-size=21");

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("wav:out=all.wav,record=heard")
                        .lockstep()
                        .script(script.toString());

        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        assertThat(outcome.status()).as(outcome.all()).isZero();
        for (int i = 0; i < played.size(); i++) {
            Path heard = folder.resolve("heard/card0-pcm0p-sub0-%d.wav".formatted(i + 1));
            Wav.read(heard).assertPlayed(Wav.read(played.get(i)), heard + " of " + played.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 32})
    void aMicrophonesFileIsRecordedToTheByte(int programBits)
            throws IOException, InterruptedException {
        Path arecord = Programs.alsaUtils("arecord", programBits);
        Path source = WavBytes.write(folder.resolve("in.wav"), WavBytes.PCM, 2, 48_000, 16, 60_000);
        String of = "try " + arecord + " -q -f dat -s 50000 -D hw:";

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("wav:out=o.wav,in=in.wav")
                        .card("null:mic=in.wav")
                        .lockstep()
                        .script(of + "0 a.wav\n" + of + "0 -M b.wav\n" + of + "1 -N c.wav\n");

        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        for (String name : List.of("a.wav", "b.wav", "c.wav")) {
            Wav.read(folder.resolve(name)).assertRecorded(Wav.read(source), 50_000, name);
        }
    }

    @Test
    void whatIsMixedAndSharedByConfigurationIsToTheSample()
            throws IOException, InterruptedException {
        Programs.need("aplay", "arecord");
        Path source = WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, 48_000, 16, 100_000);
        String slave =
                "slave { pcm \"hw:0,0\" rate 48000 channels 2 format S16_LE"
                        + " period_size 1024 buffer_size 4096 }";
        Files.writeString(
                folder.resolve(".asoundrc"),
                """
                pcm.mixed { type plug slave.pcm { type dmix ipc_key 20190204 %s } }
                pcm.shared { type plug slave.pcm { type dsnoop ipc_key 20190205 %s } }
                """
                        .formatted(slave, slave));

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null:record=heard,mic=a.wav")
                        .lockstep()
                        .script(
                                """
                                try aplay -q -D mixed a.wav
                                try arecord -q -D shared -f dat -s 50000 mic.wav
                                """);

        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        Wav heard = Wav.read(folder.resolve("heard/card0-pcm0p-sub0-1.wav"));
        heard.assertHeardWhole(Wav.read(source), "dmix");
        Wav.read(folder.resolve("mic.wav")).assertPieceOf(Wav.read(source), 50_000, "dsnoop");
    }

    @Test
    void severalAtOnceAreHeardEachByItself() throws IOException, InterruptedException {
        Programs.need("aplay");
        List<Wav> sources = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        for (int rate = 40_000; rate < 48_000; rate += 1000) {
            Path file = folder.resolve(rate + ".wav");
            sources.add(Wav.read(WavBytes.write(file, WavBytes.PCM, 2, rate, 16, rate)));
            all.append("try aplay -q -D hw:0 %d.wav &\n".formatted(rate));
        }

        Supervised.Outcome outcome =
                new Supervised(folder).card("null:record=heard").lockstep().script(all + "wait\n");

        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        List<Wav> heard = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("heard"))) {
            for (Path file : files.toList()) {
                heard.add(Wav.read(file));
            }
        }
        assertThat(heard).hasSameSizeAs(sources);
        for (Wav source : sources) {
            Wav same =
                    heard.stream().filter(w -> w.rate() == source.rate()).findAny().orElseThrow();
            same.assertPlayed(source, "rate=" + source.rate());
        }
    }
}
