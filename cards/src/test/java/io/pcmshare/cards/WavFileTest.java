package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.testkit.NoFdLeaks;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

@NoFdLeaks
@Timeout(60)
final class WavFileTest {
    private static final WavFormat STEREO = new WavFormat(PcmFormat.S16_LE, 2, 48_000);

    @TempDir Path dir;

    /** The bytes that Microsoft's description asks for, written down by hand. */
    @Test
    void aPlainFileByHandIsRead() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(44 + 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 8);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        bytes.putShort((short) 1).putShort((short) 2).putInt(44_100).putInt(176_400);
        bytes.putShort((short) 4).putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(8);

        try (WavFile file = WavFile.open(write("plain.wav", bytes.array()))) {
            assertThat(file.format()).isEqualTo(new WavFormat(PcmFormat.S16_LE, 2, 44_100));
            assertThat(file.frames()).isEqualTo(2);
        }
    }

    @Test
    void whatIsNoWavFileIsSaidInOneSentence() throws IOException {
        assertRefused(new byte[0], "is not a WAV file.");
        assertRefused(new byte[11], "is not a WAV file.");
        assertRefused(new byte[4096], "is not a WAV file.");
        byte[] header = header(STEREO, 0);
        assertRefused(Arrays.copyOf(header, 40), "has no format chunk.");
        assertRefused(Arrays.copyOf(header, 60), "is truncated (format chunk).");
        assertRefused(Arrays.copyOf(header, header.length - 8), "has no samples (no data chunk).");
    }

    @Test
    void aFileThatEndsBeforeItsSamplesDoIsRefused() throws IOException {
        byte[] header = header(STEREO, 1000);

        assertRefused(
                Arrays.copyOf(header, header.length + 999),
                "is truncated: it says 1000 bytes of samples, but only 999 are there.");
    }

    /** As a killed recorder leaves it. */
    @Test
    void aFileWhoseWriterDidNotKnowTheSizeIsReadToItsEnd() throws IOException {
        byte[] header = header(STEREO, WavHeader.UNKNOWN_SIZE);
        // half a frame at the end was not written to its end
        byte[] bytes = Arrays.copyOf(header, header.length + 4 * 7 + 2);

        try (WavFile file = WavFile.open(write("killed.wav", bytes))) {
            assertThat(file.frames()).isEqualTo(7);
        }
    }

    @Test
    void aFileBeyondFourGibibytesIsReadToItsLastFrame() throws IOException {
        long sampleBytes = 5L << 30;
        byte[] header = header(STEREO, sampleBytes);
        Path path = dir.resolve("long.wav");
        // sparse: the samples take no room on the disk
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(header);
            file.setLength(header.length + sampleBytes);
        }

        assertThat(new String(header, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RF64");
        try (WavFile wav = WavFile.open(path)) {
            assertThat(wav.format()).isEqualTo(STEREO);
            assertThat(wav.frames()).isEqualTo(sampleBytes / 4);
        }
    }

    @Test
    void theLastSizeThatFitsAPlainHeaderIsPlain() {
        long most = 0xFFFF_FFFFL - (WavHeader.bytes(STEREO) - 8);

        assertThat(new String(header(STEREO, most - 1), 0, 4, StandardCharsets.US_ASCII))
                .isEqualTo("RIFF");
        assertThat(new String(header(STEREO, most + 1), 0, 4, StandardCharsets.US_ASCII))
                .isEqualTo("RF64");
    }

    @Test
    void aMutatedFileIsReadOrRefusedAndNothingElse() {
        int[] read = {0};
        int[] refused = {0};
        Seeds.forEach(
                4_000,
                random -> {
                    byte[] bytes = mutated(random);
                    MemorySegment file = MemorySegment.ofArray(bytes);
                    WavParser parser = new WavParser(Path.of("mutated.wav"), file);
                    try {
                        parser.parse();
                        long frameBytes = parser.format().frameBytes();
                        assertThat(parser.samples().byteSize() % frameBytes).isZero();
                        assertThat(parser.samples().byteSize()).isLessThan(bytes.length);
                        read[0]++;
                    } catch (WavFormatException e) {
                        assertThat(e.getMessage()).startsWith("mutated.wav ").endsWith(".");
                        refused[0]++;
                    }
                });
        assertThat(read[0]).as("still read").isGreaterThan(100);
        assertThat(refused[0]).as("refused").isGreaterThan(100);
    }

    private static byte[] mutated(SplittableRandom random) {
        if (random.nextInt(10) == 0) {
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            return garbage;
        }
        PcmFormat format = WavFormat.formats().get(random.nextInt(WavFormat.formats().size()));
        WavFormat wav = new WavFormat(format, random.nextInt(1, 40), random.nextInt(1, 800_000));
        long claimed = random.nextInt(4) == 0 ? random.nextLong(1L << 34) : 64;
        byte[] header = header(wav, claimed);
        byte[] bytes = Arrays.copyOf(header, header.length + random.nextInt(50, 300));
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(header.length)] = (byte) extreme(random);
        }
        boolean cut = random.nextInt(4) == 0;
        return cut ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static int extreme(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0xFF;
            case 1 -> 0x7F;
            case 2 -> 0;
            default -> random.nextInt(256);
        };
    }

    private void assertRefused(byte[] bytes, String why) throws IOException {
        Path path = write("refused.wav", bytes);
        assertThatThrownBy(() -> WavFile.open(path).close())
                .isInstanceOf(WavFormatException.class)
                .hasMessage(path + " " + why);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(dir.resolve(name), bytes);
    }

    private static byte[] header(WavFormat format, long sampleBytes) {
        ByteBuffer header = WavHeader.of(format, sampleBytes);
        byte[] bytes = new byte[header.remaining()];
        header.get(bytes);
        return bytes;
    }
}
