package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.pcmshare.abi.Errno;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * Waits for many descriptors. Man page: epoll(7).
 *
 * <p>Owns: its descriptor and the event array. Threads: one waits and reads the events; any may
 * add, change and delete. Waiting allocates nothing.
 */
public final class Epoll implements AutoCloseable {
    // Kernel: uapi/linux/eventpoll.h
    public static final int EPOLLIN = 0x1;
    public static final int EPOLLOUT = 0x4;
    public static final int EPOLLERR = 0x8;
    public static final int EPOLLHUP = 0x10;
    public static final int EPOLLRDHUP = 0x2000;
    public static final int EPOLLONESHOT = 1 << 30;

    /** Report changes, not states. */
    public static final int EPOLLET = 1 << 31;

    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int CTL_ADD = 1;
    private static final int CTL_DEL = 2;
    private static final int CTL_MOD = 3;

    /** {@code struct epoll_event}, packed on x86-64 alone. */
    static final StructLayout LAYOUT =
            Arch.CURRENT_IS_X86_64
                    ? MemoryLayout.structLayout(
                            JAVA_INT.withName("events"), JAVA_LONG_UNALIGNED.withName("data"))
                    : MemoryLayout.structLayout(
                            JAVA_INT.withName("events"),
                            MemoryLayout.paddingLayout(4),
                            JAVA_LONG_UNALIGNED.withName("data"));

    private static final VarHandle EVENTS =
            LAYOUT.arrayElementVarHandle(MemoryLayout.PathElement.groupElement("events"));
    private static final VarHandle DATA =
            LAYOUT.arrayElementVarHandle(MemoryLayout.PathElement.groupElement("data"));

    private final Fd fd;
    private final int maxEvents;
    // Freed with this object rather than by close(): another thread may be waiting into it.
    private final MemorySegment ready;
    private int count;

    private Epoll(Fd fd, int maxEvents) {
        this.fd = fd;
        this.maxEvents = maxEvents;
        this.ready = Arena.ofAuto().allocate(LAYOUT, maxEvents);
    }

    /**
     * An empty set.
     *
     * @param maxEvents how many {@link #wait} reports at most
     */
    public static Epoll create(int maxEvents) throws ErrnoException {
        if (maxEvents <= 0) {
            throw new IllegalArgumentException("maxEvents=" + maxEvents);
        }
        long result = Kernel.call(Syscall.EPOLL_CREATE1, EPOLL_CLOEXEC);
        return new Epoll(
                Fd.take((int) ErrnoException.check("epoll_create1", result, "")), maxEvents);
    }

    /**
     * Waits for these events on a descriptor, which stays its owner's.
     *
     * @param data what {@link #data} answers for it
     */
    public void add(Fd target, int events, long data) throws ErrnoException {
        control("EPOLL_CTL_ADD", CTL_ADD, target, events, data);
    }

    /** Changes events and data of a descriptor; edge-triggered, it is reported again if ready. */
    public void mod(Fd target, int events, long data) throws ErrnoException {
        control("EPOLL_CTL_MOD", CTL_MOD, target, events, data);
    }

    /** Forgets a descriptor; to be done before it is closed if a duplicate of it lives on. */
    public void del(Fd target) throws ErrnoException {
        control("EPOLL_CTL_DEL", CTL_DEL, target, 0, 0);
    }

    private void control(String name, int operation, Fd target, int events, long data)
            throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(LAYOUT);
            EVENTS.set(event, 0L, 0L, events);
            DATA.set(event, 0L, 0L, data);
            long result =
                    Kernel.retry(
                            Syscall.EPOLL_CTL,
                            fd.number(),
                            operation,
                            target.number(),
                            event.address());
            ErrnoException.check("epoll_ctl", result, name + ", fd=" + target.number());
        }
    }

    /**
     * Waits until something is ready.
     *
     * @param timeoutMillis 0 to look only, negative for no limit; round up, or this becomes a busy
     *     loop
     * @return how many are ready; 0 on timeout, or early if a signal came; or errno negated
     */
    public int wait(int timeoutMillis) {
        long result;
        do {
            result =
                    Kernel.call(
                            Syscall.EPOLL_PWAIT,
                            fd.number(),
                            ready.address(),
                            maxEvents,
                            timeoutMillis,
                            0,
                            0);
        } while (result == Errno.EINTR.negated() && timeoutMillis < 0);
        if (result == Errno.EINTR.negated()) {
            result = 0;
        }
        count = (int) Math.max(result, 0);
        return (int) result;
    }

    /**
     * As {@link #wait}, with a time-out as fine as the kernel's clock. Linux 5.11.
     *
     * @param timeoutNanos 0 to look only, negative for no limit
     */
    public int waitNanos(long timeoutNanos) {
        long timeout = timeoutNanos < 0 ? 0 : Scratch.current().time.set(timeoutNanos);
        long result =
                Kernel.call(
                        Syscall.EPOLL_PWAIT2,
                        fd.number(),
                        ready.address(),
                        maxEvents,
                        timeout,
                        0,
                        0);
        if (result == Errno.EINTR.negated()) {
            result = 0;
        }
        count = (int) Math.max(result, 0);
        return (int) result;
    }

    /** Events of the {@code i}-th ready descriptor of the last wait. */
    public int events(int i) {
        return (int) EVENTS.get(ready, 0L, (long) Objects.checkIndex(i, count));
    }

    /** What the {@code i}-th ready descriptor of the last wait was added with. */
    public long data(int i) {
        return (long) DATA.get(ready, 0L, (long) Objects.checkIndex(i, count));
    }

    /** The descriptor, which can be polled itself; borrowed. */
    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
