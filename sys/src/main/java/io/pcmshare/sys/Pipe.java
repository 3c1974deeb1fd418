package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A pipe. Man page: pipe(2).
 *
 * <p>Owns: both ends, each of which may be closed on its own before. Threads: any.
 */
public final class Pipe implements AutoCloseable {
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;

    private final Fd readEnd;
    private final Fd writeEnd;

    private Pipe(Fd readEnd, Fd writeEnd) {
        this.readEnd = readEnd;
        this.writeEnd = writeEnd;
    }

    /**
     * A new pipe, close-on-exec.
     *
     * @param flags {@link Fd#O_NONBLOCK} or 0, for both ends
     */
    public static Pipe create(int flags) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(JAVA_INT, 2);
            long result = Kernel.call(Syscall.PIPE2, pair.address(), flags | Fd.O_CLOEXEC);
            if (result < 0) {
                throw new ErrnoException("pipe2", result, "flags=" + flags);
            }
            return new Pipe(
                    Fd.take(pair.getAtIndex(JAVA_INT, 0)), Fd.take(pair.getAtIndex(JAVA_INT, 1)));
        }
    }

    /** Sets how many bytes the pipe holds; the kernel rounds up to pages and answers the result. */
    public static int setCapacity(Fd either, int bytes) throws ErrnoException {
        return either.fcntl("F_SETPIPE_SZ", F_SETPIPE_SZ, bytes);
    }

    /** How many bytes the pipe holds. */
    public static int capacity(Fd either) throws ErrnoException {
        return either.fcntl("F_GETPIPE_SZ", F_GETPIPE_SZ, 0);
    }

    /** The end to read from; borrowed. */
    public Fd readEnd() {
        return readEnd;
    }

    /** The end to write to; borrowed. */
    public Fd writeEnd() {
        return writeEnd;
    }

    @Override
    public void close() {
        readEnd.close();
        writeEnd.close();
    }
}
