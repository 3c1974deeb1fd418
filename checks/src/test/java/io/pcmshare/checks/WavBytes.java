package io.pcmshare.checks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** WAV files of random samples, written by hand, so that our own writer is not its own judge. */
public final class WavBytes {
    public static final int PCM = 1;
    public static final int FLOAT = 3;
    static final int ADPCM = 2;

    private WavBytes() {}

    /** Writes a file of seeded random samples; the same samples for the same arguments. */
    public static Path write(Path file, int tag, int channels, int rate, int bits, int frames)
            throws IOException {
        int frameBytes = Math.max(1, channels * bits / 8);
        byte[] samples = new byte[frames * frameBytes];
        // the same samples every time
        new Random(20190204L + channels + bits + rate).nextBytes(samples);
        ByteBuffer bytes = ByteBuffer.allocate(44 + samples.length);
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        text(bytes, "RIFF").putInt(36 + samples.length);
        text(bytes, "WAVE");
        text(bytes, "fmt ").putInt(16).putShort((short) tag).putShort((short) channels);
        bytes.putInt(rate).putInt(rate * frameBytes).putShort((short) frameBytes);
        bytes.putShort((short) bits);
        text(bytes, "data").putInt(samples.length).put(samples);
        return Files.write(file, bytes.array());
    }

    private static ByteBuffer text(ByteBuffer bytes, String four) {
        return bytes.put(four.getBytes(StandardCharsets.ISO_8859_1));
    }
}
