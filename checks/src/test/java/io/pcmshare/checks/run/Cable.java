package io.pcmshare.checks.run;

import io.pcmshare.checks.WavBytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What tests need in which one program plays to another over the loopback card. */
final class Cable {
    /**
     * {@code running} waits for the recorder at the cable's other end; a player that began before
     * it would have played to nobody.
     */
    static final String WAIT =
            """
            running() {
                n=0
                until grep -q RUNNING /proc/asound/card0/pcm1c/sub0/status; do
                    sleep 0.02; n=$((n + 1)); [ $n -lt 1000 ] || { echo FAILED nobody; break; }
                done
            }
            """;

    private static final int SOUND = 80_000;

    /** Longer than any ring, so that a recorder that is stopped has read all of the sound. */
    private static final int SILENCE = 60_000;

    private static final int HEADER = 44;
    private static final int FRAME_BYTES = 4;

    private Cable() {}

    /** A file of 48 kHz stereo that ends in silence. */
    static Path soundAndSilence(Path file) throws IOException {
        WavBytes.write(file, WavBytes.PCM, 2, 48_000, 16, SOUND + SILENCE);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, HEADER + SOUND * FRAME_BYTES, bytes.length, (byte) 0);
        return Files.write(file, bytes);
    }

    /** The sound of it. */
    static Wav soundOf(Path file) throws IOException {
        return Wav.read(file).first(SOUND);
    }
}
