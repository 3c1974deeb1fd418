package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.pcmshare.abi.Errno;

import java.lang.foreign.MemorySegment;

/**
 * A timer of the monotonic clock that can be waited for. Man page: timerfd_create(2).
 *
 * <p>Owns: its descriptor. Threads: any. Arming and reading allocate nothing.
 */
public final class TimerFd implements AutoCloseable {
    private static final int TFD_CLOEXEC = 0x80000;
    private static final int TFD_NONBLOCK = 0x800;
    private static final int TFD_TIMER_ABSTIME = 1;

    private final Fd fd;

    private TimerFd(Fd fd) {
        this.fd = fd;
    }

    /** A timer that is not armed; it never blocks. */
    public static TimerFd create() throws ErrnoException {
        long result =
                Kernel.call(Syscall.TIMERFD_CREATE, Clocks.MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
        return new TimerFd(Fd.take((int) ErrnoException.check("timerfd_create", result, "")));
    }

    /**
     * Expires at a time of {@link Clocks#monotonicNanos()}, at once if that has passed, and then
     * again and again.
     *
     * @param intervalNanos 0 for once
     * @return 0, or errno negated
     */
    public int armAt(long monotonicNanos, long intervalNanos) {
        // zero would disarm it
        return set(Math.max(monotonicNanos, 1), intervalNanos);
    }

    /** Never expires; 0, or errno negated. */
    public int disarm() {
        return set(0, 0);
    }

    private int set(long firstNanos, long intervalNanos) {
        TimerSetting setting = Scratch.current().timer;
        return (int)
                Kernel.retry(
                        Syscall.TIMERFD_SETTIME,
                        fd.number(),
                        TFD_TIMER_ABSTIME,
                        setting.set(intervalNanos, firstNanos),
                        0);
    }

    /** How often it has expired since this was asked; 0 if not, or an errno negated. */
    public long expirations() {
        MemorySegment word = Scratch.current().word;
        long result = fd.read(word, 0, Long.BYTES);
        if (result == Errno.EAGAIN.negated()) {
            return 0;
        }
        return result < 0 ? result : word.get(JAVA_LONG, 0);
    }

    /** The descriptor, to poll; borrowed. */
    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
