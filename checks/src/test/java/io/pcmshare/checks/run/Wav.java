package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What is in a WAV file, read by hand: our own reader is not its own judge.
 *
 * @param channels samples a frame
 * @param rate frames a second
 * @param bits of a sample
 * @param samples all bytes behind the header of the samples, up to where the file ends
 */
@SuppressWarnings("ArrayRecordComponent") // compared by Arrays, never by equals
public record Wav(int channels, int rate, int bits, byte[] samples) {
    private static final int HEADER = 8;
    private static final int RIFF = 12;

    /** Reads a file. */
    public static Wav read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int format = -1;
        for (int at = RIFF; at + HEADER <= bytes.length; ) {
            String id = new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
            int size = in.getInt(at + 4);
            if (id.equals("fmt ")) {
                format = at + HEADER;
            } else if (id.equals("data")) {
                assertThat(format).as("format before samples, file=%s", file).isPositive();
                int start = at + HEADER;
                // one that was written into a pipe or cut off does not know its size
                int end = size < 0 || size > bytes.length - start ? bytes.length : start + size;
                return new Wav(
                        in.getShort(format + 2),
                        in.getInt(format + 4),
                        in.getShort(format + 14),
                        Arrays.copyOfRange(bytes, start, end));
            }
            at += HEADER + size + (size & 1);
        }
        throw new AssertionError("no samples, file=" + file);
    }

    int frameBytes() {
        return channels * bits / Byte.SIZE;
    }

    /** The first frames of it. */
    Wav first(int frames) {
        return new Wav(channels, rate, bits, Arrays.copyOf(samples, frames * frameBytes()));
    }

    /**
     * Equal to what was played, and behind it nothing but the silence with which players fill their
     * last period.
     */
    void assertPlayed(Wav source, String what) {
        assertThat(new int[] {channels, rate, bits})
                .as(what)
                .containsExactly(source.channels, source.rate, source.bits);
        assertThat(samples.length).as(what).isGreaterThanOrEqualTo(source.samples.length);
        int same = Arrays.mismatch(samples, source.samples);
        assertThat(same).as(what + ": first byte that differs").isIn(-1, source.samples.length);
        byte silence = (byte) (bits == Byte.SIZE ? 0x80 : 0);
        for (int i = source.samples.length; i < samples.length; i++) {
            assertThat(samples[i]).as(what + ": silence behind the end").isEqualTo(silence);
        }
    }

    /** The first frames of a microphone's file. */
    void assertRecorded(Wav source, int frames, String what) {
        assertThat(samples.length).as(what).isEqualTo(frames * frameBytes());
        assertThat(Arrays.equals(samples, Arrays.copyOf(source.samples, samples.length)))
                .as(what + ": samples are those of the file")
                .isTrue();
    }

    /** A piece without a gap, from anywhere in the source; not shorter than so many frames. */
    void assertPieceOf(Wav source, int leastFrames, String what) {
        int silent = 0;
        while (silent < samples.length && samples[silent] == 0) {
            silent++;
        }
        int start = silent - silent % frameBytes();
        int frames = (samples.length - start) / frameBytes();
        assertThat(frames).as(what + ": frames of sound").isGreaterThanOrEqualTo(leastFrames);
        byte[] piece = Arrays.copyOfRange(samples, start, samples.length);
        assertThat(indexIn(source.samples, piece, frameBytes()))
                .as(what + ": where the piece stands in the file")
                .isNotNegative();
    }

    /** Silence, the whole source without a gap, and what may come behind it. */
    void assertHeardWhole(Wav source, String what) {
        int at = indexIn(samples, source.samples, frameBytes());
        assertThat(at).as(what + ": where the file begins in the recording").isNotNegative();
        for (int i = 0; i < at; i++) {
            assertThat(samples[i]).as(what + ": silence before it").isZero();
        }
    }

    private static int indexIn(byte[] whole, byte[] piece, int step) {
        for (int at = 0; at + piece.length <= whole.length; at += step) {
            if (Arrays.equals(whole, at, at + piece.length, piece, 0, piece.length)) {
                return at;
            }
        }
        return -1;
    }
}
