package io.pcmshare.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** The main job, end to end, in three processes. */
final class DemoTest {
    /** Longer than the ring twice over, so that the client is cut off while it plays. */
    private static final int TWO_SECONDS = 96_000;

    @TempDir private Path folder;

    /**
     * Where silence has to come within a period of real time, one long enough for a busy machine.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--permission=buffer",
                "--kill --period=1200 --buffer=24000",
                "--revoke --period=1200 --buffer=24000",
                "--clock=lockstep",
                "--clock=lockstep --kill",
                "--clock=lockstep --revoke",
                "--permission=buffer --kill --period=1200 --buffer=24000",
                "--permission=buffer --revoke --period=1200 --buffer=24000"
            })
    void everyModePasses(String mode) throws IOException, InterruptedException {
        Path file =
                WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, 48_000, 16, TWO_SECONDS);
        String[] options =
                Stream.concat(Stream.of("demo"), Stream.of(mode.split(" ")))
                        .filter(option -> !option.isEmpty())
                        .toArray(String[]::new);

        Demo.Outcome outcome = new Demo(folder).run(with(options, file.toString()));

        assertThat(outcome.lastLine()).as(outcome.output()).isEqualTo("PASS");
        assertThat(outcome.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 8000, 8", "1, 2, 192000, 8", "1, 6, 44100, 16", "1, 1, 192000, 16",
        "1, 2, 96000, 24", "1, 6, 8000, 24", "1, 6, 192000, 32", "1, 1, 11025, 32",
        "3, 2, 44100, 32", "3, 6, 48000, 32", "3, 2, 48000, 64"
    })
    void everyFormatIsHeardToTheSample(int tag, int channels, int rate, int bits)
            throws IOException, InterruptedException {
        Path file = folder.resolve("a.wav");
        WavBytes.write(file, tag, channels, rate, bits, rate / 3 + 7);

        Demo.Outcome outcome = new Demo(folder).run("demo", "--clock=lockstep", file.toString());

        assertThat(outcome.lastLine()).as(outcome.output()).isEqualTo("PASS");
        assertThat(outcome.output()).contains("equal to the file, sample for sample");
    }

    @Test
    void whatTheClientTriesIsRefusedOneByOne() throws IOException, InterruptedException {
        Demo.Outcome outcome = new Demo(folder).run("demo", "--clock=lockstep");

        assertThat(outcome.output())
                .containsPattern("open /etc/passwd +EACCES")
                .containsPattern("open a network socket +EPERM")
                .containsPattern("run another program +EPERM")
                .containsPattern("read the server's memory +EPERM")
                .containsPattern("signal the server +EPERM")
                .containsPattern("CONFIGURE by ioctl \\(7 calls\\) +ENOTTY")
                .containsPattern("map the status page writable +EPERM +by seal")
                .containsPattern("shrink the ring +EPERM +by seal")
                .containsPattern("dup wider than itself \\(2 encodings\\) +ENOTTY")
                .containsPattern("server copies +0 frames");
    }

    static Stream<Arguments> badInput() {
        return Stream.of(
                Arguments.of("no such file", "is.not.there.wav", "no such file"),
                Arguments.of("not a WAV file", "garbage.wav", "is not a WAV file"),
                Arguments.of("truncated", "truncated.wav", "is truncated"),
                Arguments.of("empty", "empty.wav", "holds no samples"),
                Arguments.of("not PCM", "adpcm.wav", "not PCM"),
                Arguments.of("refused rate", "fast.wav", "the card refuses"),
                Arguments.of("refused channels", "wide.wav", "the card refuses"),
                Arguments.of("a folder", ".", "is a folder"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badInput")
    void badInputIsOneSentenceAndStatusTwo(String name, String file, String sentence)
            throws IOException, InterruptedException {
        Files.write(folder.resolve("garbage.wav"), new byte[5000]);
        Path whole = WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, 8000, 16, 1000);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(folder.resolve("truncated.wav"), Arrays.copyOf(bytes, bytes.length / 2));
        WavBytes.write(folder.resolve("empty.wav"), WavBytes.PCM, 2, 8000, 16, 0);
        WavBytes.write(folder.resolve("adpcm.wav"), WavBytes.ADPCM, 2, 8000, 4, 100);
        WavBytes.write(folder.resolve("fast.wav"), WavBytes.PCM, 1, 1_500_000, 16, 1000);
        WavBytes.write(folder.resolve("wide.wav"), WavBytes.PCM, 64, 8000, 16, 1000);

        Demo.Outcome outcome = new Demo(folder).run("demo", folder.resolve(file).toString());

        assertThat(outcome.status()).as(outcome.output()).isEqualTo(2);
        assertThat(outcome.output()).contains(sentence).doesNotContain("Exception");
    }

    @Test
    void aRecordingThatCannotBeWrittenIsOneSentenceAndStatusTwo()
            throws IOException, InterruptedException {
        Path nowhere = folder.resolve("no/such/folder/x.wav");

        Demo.Outcome outcome = new Demo(folder).run("demo", "-o", nowhere.toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.lastLine()).isEqualTo("pcmshare: cannot write " + nowhere + ": ENOENT.");
    }

    @Test
    void aFullDiskIsOneSentenceAndStatusTwo() throws IOException, InterruptedException {
        Path full = Files.createSymbolicLink(folder.resolve("full.wav"), Path.of("/dev/full"));

        Demo.Outcome outcome = new Demo(folder).run("demo", "-o", full.toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.lastLine()).contains("ENOSPC");
    }

    @Test
    void theRecordingIsKeptWhereItWasAskedFor() throws IOException, InterruptedException {
        Path kept = folder.resolve("kept.wav");

        Demo.Outcome outcome =
                new Demo(folder).run("demo", "--clock=lockstep", "-o", kept.toString());

        assertThat(outcome.lastLine()).isEqualTo("PASS");
        assertThat(kept).isNotEmptyFile();
    }

    private static String[] with(String[] options, String last) {
        return Stream.concat(Stream.of(options), Stream.of(last)).toArray(String[]::new);
    }
}
