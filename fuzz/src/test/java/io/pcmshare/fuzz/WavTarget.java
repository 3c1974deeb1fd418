package io.pcmshare.fuzz;

import io.pcmshare.cards.WavFile;
import io.pcmshare.cards.WavFormatException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** WAV files: what is one has its samples within the file. */
final class WavTarget {
    private static final Path FILE = temporaryFile();

    private WavTarget() {}

    private static Path temporaryFile() {
        try {
            Path file = Files.createTempFile("pcmshare-fuzz", ".wav");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Files.write(FILE, data);
        try (WavFile wav = WavFile.open(FILE)) {
            if (wav.frames() < 0 || wav.samples().byteSize() > data.length) {
                throw new IllegalStateException(
                        "frames=" + wav.frames() + ", samples=" + wav.samples());
            }
        } catch (WavFormatException e) {
            // it says what is wrong with the file
        }
    }
}
