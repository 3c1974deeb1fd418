package io.pcmshare.server.control;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads lines of bytes that have a greatest length. Threads: one. */
final class LineReader {
    private static final int FIRST_BYTES = 512;

    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[FIRST_BYTES];
    private int start;
    private int end;

    /**
     * Begins.
     *
     * @param longest bytes of a line without its end
     */
    LineReader(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /**
     * The next line without its end; {@code null} at the end, also within a line.
     *
     * @throws IOException where a line is too long
     */
    byte @Nullable [] next() throws IOException {
        int seen = start;
        while (true) {
            for (; seen < end; seen++) {
                if (buffer[seen] == '\n') {
                    byte[] line = Arrays.copyOfRange(buffer, start, seen);
                    start = seen + 1;
                    return line;
                }
            }
            if (end - start > longest) {
                throw new IOException("a line is longer than " + longest + " bytes");
            }
            seen -= makeRoom();
            int count = in.read(buffer, end, buffer.length - end);
            if (count < 0) {
                return null;
            }
            end += count;
        }
    }

    /** Moves what is there to the front; by how much. */
    private int makeRoom() {
        int moved = start;
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(2 * end, longest + 2));
        }
        return moved;
    }
}
