package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/** The file that a mix became. */
final class MixedFile {
    private MixedFile() {}

    /** Says where, not what: there is much of it. */
    static void assertHeard(byte[] heard, byte[] expected) {
        assertThat(heard.length).as("bytes").isEqualTo(expected.length);
        assertThat(Arrays.mismatch(heard, expected)).as("first byte that differs").isEqualTo(-1);
    }

    static byte[] heard(Path file) throws IOException {
        try (WavFile wav = WavFile.open(file)) {
            return wav.samples().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        }
    }

    static byte[] rounded(double[] mix) {
        ByteBuffer bytes = ByteBuffer.allocate(mix.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (double sample : mix) {
            bytes.putShort((short) Math.clamp(Math.rint(sample * 32768), -32768, 32767));
        }
        return bytes.array();
    }

    static byte[] heardLater(SoundSystem system, Path out) throws IOException {
        system.close();
        return heard(out);
    }
}
