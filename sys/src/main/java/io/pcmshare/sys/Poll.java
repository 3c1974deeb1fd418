package io.pcmshare.sys;

import io.pcmshare.abi.Errno;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Waits for a few descriptors. Man page: poll(2).
 *
 * <p>Threads: one at a time. Waiting allocates nothing.
 */
public final class Poll {
    // Kernel: uapi/asm-generic/poll.h
    public static final int POLLIN = 0x1;
    public static final int POLLOUT = 0x4;
    public static final int POLLERR = 0x8;
    public static final int POLLHUP = 0x10;

    /** The descriptor is not open. */
    public static final int POLLNVAL = 0x20;

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final MemorySegment array;
    private final Fd[] fds;
    private final PollEntry[] entries;

    /** For so many descriptors, to be given with {@link #set}. */
    public Poll(int size) {
        this.array = Arena.ofAuto().allocate(PollEntry.LAYOUT, size);
        this.fds = new Fd[size];
        this.entries =
                array.elements(PollEntry.LAYOUT).map(PollEntry::new).toArray(PollEntry[]::new);
    }

    /** Waits at place {@code i} for these events of a descriptor, which stays its owner's. */
    public void set(int i, Fd fd, int events) {
        fds[i] = fd;
        entries[i].set(fd.number(), events);
    }

    /**
     * Waits until something is ready.
     *
     * @param timeoutMillis 0 to look only, negative for no limit
     * @return how many are ready; 0 on timeout, or early if a signal came; or errno negated
     */
    public int poll(int timeoutMillis) {
        return poll(array.address(), entries.length, timeoutMillis);
    }

    /** What came of place {@code i} in the last wait. */
    public int revents(int i) {
        return entries[i].revents();
    }

    /** Waits for one descriptor: its events, 0 on timeout, or errno negated. Threads: any. */
    public static int once(Fd fd, int events, int timeoutMillis) {
        PollEntry entry = Scratch.current().poll;
        entry.set(fd.number(), events);
        int result = poll(entry.address(), 1, timeoutMillis);
        return result <= 0 ? result : entry.revents();
    }

    private static int poll(long entries, int count, int timeoutMillis) {
        // aarch64 has no poll; ppoll without a mask is the same, and counts its timeout down
        long timeout =
                timeoutMillis < 0 ? 0 : Scratch.current().time.set(timeoutMillis * NANOS_PER_MILLI);
        long result;
        do {
            result = Kernel.call(Syscall.PPOLL, entries, count, timeout, 0, 0, 0);
        } while (result == Errno.EINTR.negated() && timeoutMillis < 0);
        return result == Errno.EINTR.negated() ? 0 : (int) result;
    }
}
