package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.WavBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code sox}, {@code ffmpeg}, {@code mpg123}, alone and one to the other. */
final class OtherPlayersTest {
    @TempDir private Path folder;

    @Test
    void soxAndFfmpegPlayToTheSample() throws IOException, InterruptedException {
        Programs.need("sox", "ffmpeg");
        Path source = WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, 48_000, 16, 100_000);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null:record=heard")
                        .lockstep()
                        .script(
                                """
                                try sox -q a.wav -t alsa hw:0
                                try play -q a.wav
                                try ffmpeg -nostdin -loglevel error -i a.wav -f alsa hw:0
                                try ffmpeg -nostdin -loglevel error -i a.wav -f alsa default
                                """);

        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        List<Wav> heard = heard();
        assertThat(heard).hasSize(4);
        for (Wav one : heard) {
            one.assertPlayed(Wav.read(source), "sox or ffmpeg");
        }
    }

    @Test
    void soxAndFfmpegRecordToTheSample() throws IOException, InterruptedException {
        Programs.need("sox", "ffmpeg");
        Path source = WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, 48_000, 16, 100_000);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null:mic=a.wav")
                        .lockstep()
                        .script(
                                """
                                try sox -q -t alsa -r 48000 -c 2 -b 16 hw:0 s.wav trim 0 48000s
                                try ffmpeg -nostdin -loglevel error -f alsa -channels 2 \
                                    -sample_rate 48000 -i hw:0 -af atrim=end_sample=4800 f.wav
                                """);

        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        Wav.read(folder.resolve("s.wav")).assertRecorded(Wav.read(source), 48_000, "sox");
        Wav.read(folder.resolve("f.wav")).assertRecorded(Wav.read(source), 4800, "ffmpeg");
    }

    @Test
    void mpg123PlaysWhatItDecodes() throws IOException, InterruptedException {
        Programs.need("mpg123", "ffmpeg");
        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null:record=heard")
                        .lockstep()
                        .script(
                                """
                                try ffmpeg -nostdin -loglevel error -f lavfi \
                                    -i sine=440:d=1:r=44100 -ac 2 a.mp3
                                try mpg123 -q -w decoded.wav a.mp3
                                try mpg123 -q -o alsa -a hw:0 a.mp3
                                """);

        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        Wav decoded = Wav.read(folder.resolve("decoded.wav"));
        assertThat(heard()).hasSize(1);
        heard().getFirst().assertPlayed(decoded, "mpg123");
    }

    /** What streams that played something left, in their order; programs also open to look. */
    private List<Wav> heard() throws IOException {
        List<Wav> heard = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("heard"))) {
            for (Path file : files.sorted(Comparator.comparing(Path::toString)).toList()) {
                Wav one = Wav.read(file);
                if (one.samples().length > 0) {
                    heard.add(one);
                }
            }
        }
        return heard;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lockstep | aplay -q -D hw:0,0 a.wav | arecord -q -D hw:0,1 -f dat b.wav",
                "real     | aplay -q -D hw:0,0 a.wav | arecord -q -D hw:0,1 -f dat b.wav",
                "lockstep | ffmpeg -nostdin -loglevel error -i a.wav -f alsa hw:0,0"
                        + " | sox -q -t alsa -r 48000 -c 2 -b 16 hw:0,1 b.wav",
                "real     | sox -q a.wav -t alsa hw:0,0 | ffmpeg -nostdin -loglevel error"
                        + " -f alsa -channels 2 -sample_rate 48000 -i hw:0,1 b.wav"
            })
    void whatOneProgramPlaysAnotherRecords(String clock, String player, String recorder)
            throws IOException, InterruptedException {
        Programs.need(player.split(" ", 2)[0], recorder.split(" ", 2)[0]);
        Path source = Cable.soundAndSilence(folder.resolve("a.wav"));
        Supervised run = new Supervised(folder).card("loopback");
        if (clock.equals("lockstep")) {
            run.lockstep();
        }

        Supervised.Outcome outcome =
                run.script(
                        Cable.WAIT
                                + recorder
                                + " & r=$!\nrunning\ntry "
                                + player
                                + "\nkill -INT $r; wait $r\n");

        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        Wav.read(folder.resolve("b.wav")).assertHeardWhole(Cable.soundOf(source), player);
    }
}
