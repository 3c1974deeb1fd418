package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.pcmshare.abi.Errno;

import java.lang.foreign.MemorySegment;

/**
 * A counter that can be waited for. Man page: eventfd(2).
 *
 * <p>Owns: its descriptor. Threads: any. {@link #add} and {@link #drain} allocate nothing.
 */
public final class EventFd implements AutoCloseable {
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int EFD_NONBLOCK = 0x800;

    private final Fd fd;

    private EventFd(Fd fd) {
        this.fd = fd;
    }

    /** A counter that starts at {@code initial} and never blocks. */
    public static EventFd create(int initial) throws ErrnoException {
        long result =
                Kernel.call(
                        Syscall.EVENTFD2,
                        Integer.toUnsignedLong(initial),
                        EFD_CLOEXEC | EFD_NONBLOCK);
        return new EventFd(
                Fd.take((int) ErrnoException.check("eventfd", result, "initial=" + initial)));
    }

    /** Wraps an eventfd that came from somewhere else, and owns it from now on. */
    public static EventFd take(Fd fd) {
        return new EventFd(fd);
    }

    /** Adds to the counter and so wakes who polls it; 0, or errno negated: EAGAIN when full. */
    public int add(long value) {
        MemorySegment word = Scratch.current().word;
        word.set(JAVA_LONG, 0, value);
        long result = fd.write(word, 0, Long.BYTES);
        return result < 0 ? (int) result : 0;
    }

    /** The counter, which goes to zero; 0 if it was, or another errno than EAGAIN negated. */
    public long drain() {
        MemorySegment word = Scratch.current().word;
        long result = fd.read(word, 0, Long.BYTES);
        if (result == Errno.EAGAIN.negated()) {
            return 0;
        }
        return result < 0 ? result : word.get(JAVA_LONG, 0);
    }

    /** The descriptor, to poll or send; borrowed. */
    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
