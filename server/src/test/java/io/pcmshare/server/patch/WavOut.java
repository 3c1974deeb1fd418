package io.pcmshare.server.patch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a WAV file of 16 bits, to be recorded from. */
final class WavOut implements AutoCloseable {
    private static final int HEADER_BYTES = 44;

    private final Path file;
    private final int channels;
    private final int rate;
    private byte[] samples = {};

    WavOut(Path file, int channels, int rate) {
        this.file = file;
        this.channels = channels;
        this.rate = rate;
    }

    void write(byte[] all) {
        samples = all.clone();
    }

    @Override
    public void close() throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(HEADER_BYTES + samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + samples.length).put(ascii("WAVEfmt "));
        bytes.putInt(16).putShort((short) 1).putShort((short) channels).putInt(rate);
        bytes.putInt(rate * channels * 2).putShort((short) (channels * 2)).putShort((short) 16);
        bytes.put(ascii("data")).putInt(samples.length).put(samples);
        Files.write(file, bytes.array());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
