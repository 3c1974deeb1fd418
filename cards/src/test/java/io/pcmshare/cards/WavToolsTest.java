package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pcmshare.abi.PcmFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Other people's programs read what we write, and we what they do; to the byte. */
@Timeout(60)
final class WavToolsTest {
    private static final int FRAMES = 1001;

    @TempDir Path dir;

    /** Runs a program of the machine; what it wrote to its output. */
    private Path run(String program, String... arguments) throws IOException, InterruptedException {
        boolean there = false;
        for (String folder : String.valueOf(System.getenv("PATH")).split(":", -1)) {
            there |= Files.isExecutable(Path.of(folder, program));
        }
        assumeTrue(there, program + " is not installed");
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        Path output = dir.resolve("output");
        // what plug-ins a machine has configured is not to matter
        Path alsa = Files.writeString(dir.resolve("alsa.conf"), "pcm.null { type null }\n");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("ALSA_CONFIG_PATH", alsa.toString());
        Process process = builder.start();
        assertThat(process.waitFor()).as("%s", command).isZero();
        return output;
    }

    @ParameterizedTest
    @CsvSource({
        "U8, u8",
        "S16_LE, s16le",
        "S24_3LE, s24le",
        "S32_LE, s32le",
        "FLOAT_LE, f32le",
        "FLOAT64_LE, f64le",
        "A_LAW, alaw",
        "MU_LAW, mulaw",
    })
    void ffmpegReadsWhatWeWrite(PcmFormat format, String raw)
            throws IOException, InterruptedException {
        for (int channels : new int[] {1, 2, 6}) {
            byte[] samples = new byte[FRAMES * channels * format.physicalWidth() / 8];
            for (int i = 0; i < samples.length; i++) {
                // finite as floats, which a decoder may check
                samples[i] = (byte) (i * 7 & 0x3f);
            }
            Path file = write(new WavFormat(format, channels, 8000), samples);

            Path out = run("ffmpeg", "-v", "error", "-i", file.toString(), "-f", raw, "-");

            assertThat(Files.readAllBytes(out)).isEqualTo(samples);
        }
    }

    private Path write(WavFormat format, byte[] samples) throws IOException {
        Path file = dir.resolve("ours.wav");
        try (Arena arena = Arena.ofConfined();
                WavRecorder recorder = new WavRecorder(file, format)) {
            MemorySegment memory = arena.allocate(samples.length);
            MemorySegment.copy(samples, 0, memory, ValueLayout.JAVA_BYTE, 0, samples.length);
            recorder.write(memory, 0, samples.length);
        }
        return file;
    }

    /** Into a pipe neither program can go back to fill in the sizes. */
    @ParameterizedTest
    @CsvSource({
        "pcm_s16le, S16_LE",
        "pcm_s24le, S24_3LE",
        "pcm_f32le, FLOAT_LE",
        "pcm_alaw, A_LAW"
    })
    void weReadWhatFfmpegWritesIntoAPipe(String codec, PcmFormat format)
            throws IOException, InterruptedException {
        String tone = "sine=frequency=440:sample_rate=8000:duration=0.5";

        Path piped =
                run(
                        "ffmpeg", "-v", "error", "-f", "lavfi", "-i", tone, "-c:a", codec, "-f",
                        "wav", "pipe:1");

        try (WavFile file = WavFile.open(piped)) {
            assertThat(file.format()).isEqualTo(new WavFormat(format, 1, 8000));
            assertThat(file.frames()).isEqualTo(4000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8, unsigned-integer, U8", "16, signed-integer, S16_LE", "24, signed-integer, S24_3LE",
        "32, signed-integer, S32_LE", "32, floating-point, FLOAT_LE", "8, a-law, A_LAW",
    })
    void weReadWhatSoxWritesToAFileAndIntoAPipe(int bits, String encoding, PcmFormat format)
            throws IOException, InterruptedException {
        String[] tone = {"synth", "0.5", "sine", "440"};
        List<String> common =
                List.of("-n", "-R", "-D", "-r", "8000", "-c", "3", "-b", "" + bits, "-e", encoding);
        Path theirs = dir.resolve("theirs.wav");
        List<String> toFile = new ArrayList<>(common);
        toFile.add(theirs.toString());
        toFile.addAll(List.of(tone));
        run("sox", toFile.toArray(String[]::new));
        List<String> toPipe = new ArrayList<>(common);
        toPipe.addAll(List.of("-t", "wav", "-"));
        toPipe.addAll(List.of(tone));
        Path piped = run("sox", toPipe.toArray(String[]::new));

        try (WavFile file = WavFile.open(theirs);
                WavFile pipe = WavFile.open(piped)) {
            assertThat(file.format()).isEqualTo(new WavFormat(format, 3, 8000));
            assertThat(file.frames()).isEqualTo(4000);
            assertThat(pipe.format()).isEqualTo(file.format());
            assertThat(pipe.samples().mismatch(file.samples())).isEqualTo(-1);
        }
    }

    /** arecord of a PCM that is always silent: the header of 24 bits in four bytes is its own. */
    @Test
    void weReadWhatArecordWrites() throws IOException, InterruptedException {
        Path piped =
                run(
                        "arecord", "-q", "-D", "null", "-f", "S24_LE", "-c", "2", "-r", "8000",
                        "-s", "4000", "-t", "wav", "-");

        try (WavFile file = WavFile.open(piped)) {
            assertThat(file.format()).isEqualTo(new WavFormat(PcmFormat.S24_LE, 2, 8000));
            assertThat(file.frames()).isEqualTo(4000);
        }
    }
}
