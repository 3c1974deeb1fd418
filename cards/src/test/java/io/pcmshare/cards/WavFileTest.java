package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.testkit.NoFdLeaks;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

    /** Header of a plain file by hand, chunks in between, four bytes of samples at its end. */
    private static byte[] byHand(
            int riffSize, int dataSize, int bits, int blockAlign, String more) {
        ByteBuffer bytes = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(riffSize);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        bytes.putShort((short) 1).putShort((short) 1).putInt(44_100).putInt(44_100 * blockAlign);
        bytes.putShort((short) blockAlign).putShort((short) bits);
        bytes.put(more.getBytes(StandardCharsets.ISO_8859_1));
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataSize);
        bytes.putInt(0x0403_0201);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private void assertSamples(byte[] bytes, PcmFormat format) throws IOException {
        try (WavFile file = WavFile.open(write("hand.wav", bytes))) {
            assertThat(file.format().format()).isEqualTo(format);
            assertThat(file.samples().toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3, 4);
        }
    }

    /** ffmpeg, sox and arecord into a pipe, in this order; then one that knew nothing at all. */
    @ParameterizedTest
    @CsvSource({
        "0xFFFFFFFF, 0xFFFFFFFF",
        "0x7FFFF024, 0x7FFFF000",
        "0x80000024, 0x80000000",
        "0, 0",
        "0xFFFFFFFF, 0",
    })
    void theSizesOfAStreamAreNotBelieved(String riffSize, String dataSize) throws IOException {
        int riff = Long.decode(riffSize).intValue();
        int data = Long.decode(dataSize).intValue();

        assertSamples(byHand(riff, data, 16, 2, ""), PcmFormat.S16_LE);
    }

    @Test
    void aFileThatSaysThatItHoldsNothingHoldsNothing() throws IOException {
        try (WavFile file = WavFile.open(write("none.wav", byHand(36, 0, 16, 2, "")))) {
            assertThat(file.frames()).isZero();
        }
    }

    /** A title of three letters takes four bytes. */
    @Test
    void chunksOfOddSizeBeforeTheSamplesArePassedOver() throws IOException {
        String odd = "LIST\15\0\0\0INFOINAM\1\0\0\0x\0" + "note\3\0\0\0abc\0";

        assertSamples(byHand(70, 4, 16, 2, odd), PcmFormat.S16_LE);
    }

    /** aplay and arecord: 24 bits of 4 bytes are the lower three; of other widths the upper. */
    @ParameterizedTest
    @CsvSource({"24, 4, S24_LE", "20, 4, S32_LE", "12, 2, S16_LE", "32, 4, S32_LE", "8, 1, U8"})
    void samplesOfFewerBitsThanTheirBytesAreRead(int bits, int bytes, PcmFormat format)
            throws IOException {
        assertSamples(byHand(40, 4, bits, bytes, ""), format);
    }

    @Test
    void whatWeCannotReadIsNamed() throws IOException {
        byte[] adpcm = byHand(40, 4, 4, 1, "");
        adpcm[20] = 2;
        assertRefused(adpcm, "holds samples of a kind that is not PCM (format tag 2, 4 bits).");
        assertRefused(
                byHand(40, 4, 64, 8, ""),
                "holds samples of a kind that we cannot read (format tag 1, 64 bits in 64).");
        assertRefused(
                byHand(40, 4, 24, 2, ""),
                "holds samples of a kind that we cannot read (format tag 1, 24 bits in 16).");
        assertRefused(byHand(40, 4, 16, 0, ""), "has frames of 0 bytes, which are not 1 samples.");
    }

    /** Valid bits are a hint: the samples fill their bytes, the lowest of which are 0. */
    @Test
    void anExtensibleFileOf24ValidBitsIn32IsReadWhole() throws IOException {
        byte[] header = header(new WavFormat(PcmFormat.S32_LE, 1, 48_000), 4);
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putShort(48 + 8 + 18, (short) 24);
        byte[] bytes = Arrays.copyOf(header, header.length + 4);
        System.arraycopy(new byte[] {1, 2, 3, 4}, 0, bytes, header.length, 4);

        assertSamples(bytes, PcmFormat.S32_LE);
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
