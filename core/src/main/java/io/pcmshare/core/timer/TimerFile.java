package io.pcmshare.core.timer;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.TimerEvent;
import io.pcmshare.abi.TimerRead;
import io.pcmshare.abi.TimerTread;
import io.pcmshare.core.user.UserMemory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An open timer device. Kernel: sound/core/timer.c, {@code struct snd_timer_user}.
 *
 * <p>Threads: any.
 */
public final class TimerFile implements AutoCloseable {
    /** How events are read. */
    enum Format {
        /** {@code struct snd_timer_read}. */
        PLAIN,
        /** {@code struct snd_timer_tread} with a 32-bit time. */
        TIME32,
        /** The same with a 64-bit time. */
        TIME64;

        int bytes() {
            return (int)
                    switch (this) {
                        case PLAIN -> TimerRead.layout(DataModel.LP64).byteSize();
                        case TIME32 -> TimerTread.layout(DataModel.ILP32).byteSize();
                        case TIME64 -> TimerTread.layout(DataModel.LP64).byteSize();
                    };
        }
    }

    private static final int READABLE = 0x41; // POLLIN | POLLRDNORM
    private static final int GONE = 0x8; // POLLERR

    private final Timers timers;
    private final TimerQueue queue = new TimerQueue();
    private Runnable onWake = () -> {};
    private Format format = Format.PLAIN;
    private @Nullable TimerInstance instance;
    private int filter;
    private long ticks = 1;
    private long lastResolution;
    private long tstampNanos;

    TimerFile(Timers timers) {
        this.timers = timers;
    }

    Timers timers() {
        return timers;
    }

    TimerQueue queue() {
        return queue;
    }

    @Nullable TimerInstance instance() {
        return instance;
    }

    void instance(@Nullable TimerInstance selected) {
        instance = selected;
    }

    long ticks() {
        return ticks;
    }

    /** When the timer last started, stopped or paused. */
    long tstampNanos() {
        return tstampNanos;
    }

    void format(Format wanted) {
        if (wanted != format) {
            format = wanted;
            queue.clear();
        }
    }

    void parameters(long newTicks, int newFilter) {
        ticks = newTicks;
        filter = newFilter;
    }

    void forgetResolution() {
        lastResolution = 0;
    }

    /** An event before anything happens, for programs that wait first. */
    void early() {
        queue.add(TimerEvent.EARLY.code(), 0, 0, 0);
        onWake.run();
    }

    /** It is time for an event. */
    void ticked(long resolution, long passed) {
        if (format == Format.PLAIN) {
            queue.ticks(resolution, passed);
            onWake.run();
            return;
        }
        long nowNanos = timers.nowNanos();
        boolean wake = false;
        if (wants(TimerEvent.RESOLUTION) && lastResolution != resolution) {
            queue.add(TimerEvent.RESOLUTION.code(), nowNanos, 0, resolution);
            lastResolution = resolution;
            wake = true;
        }
        if (wants(TimerEvent.TICK) && passed > 0) {
            queue.timedTicks(nowNanos, passed);
            wake = true;
        }
        if (wake) {
            onWake.run();
        }
    }

    /** The timer started, stopped …. */
    void happened(TimerEvent event, long nanos, long resolution) {
        if (event.code() >= TimerEvent.START.code() && event.code() <= TimerEvent.PAUSE.code()) {
            tstampNanos = nanos;
        }
        if (format != Format.PLAIN && wants(event)) {
            queue.add(event.code(), nanos, 0, resolution);
            onWake.run();
        }
    }

    private boolean wants(TimerEvent event) {
        return (filter & 1 << event.code()) != 0;
    }

    /** Sets who is told that there is something to read, under the lock of the timers. */
    public void onWake(Runnable listener) {
        synchronized (timers.lock()) {
            onWake = listener;
        }
    }

    /** Makes a call; see {@link TimerCalls#ioctl}. */
    public int ioctl(int request, long argument, UserMemory memory, boolean compat32) {
        return TimerCalls.ioctl(this, request, argument, memory, compat32);
    }

    /**
     * Reads events without waiting. Kernel: sound/core/timer.c, snd_timer_user_read().
     *
     * @return bytes, 0 when there is no room for one, or a negated errno: {@code EAGAIN} for none,
     *     which a blocking reader parks on
     */
    public int read(UserMemory memory, long address, long bytes) {
        synchronized (timers.lock()) {
            int unit = format.bytes();
            int done = 0;
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment copy = arena.allocate(unit, Long.BYTES);
                while (bytes - done >= unit) {
                    if (queue.used() == 0) {
                        return done > 0 ? done : Errno.EAGAIN.negated();
                    }
                    store(copy);
                    queue.next();
                    if (memory.write(address + done, copy, 0, unit) < 0) {
                        return done > 0 ? done : Errno.EFAULT.negated();
                    }
                    done += unit;
                }
            }
            return done;
        }
    }

    private void store(MemorySegment copy) {
        if (format == Format.PLAIN) {
            TimerRead view = new TimerRead(copy, DataModel.LP64);
            view.resolution((int) queue.resolution());
            view.ticks((int) queue.value());
        } else {
            DataModel model = format == Format.TIME32 ? DataModel.ILP32 : DataModel.LP64;
            TimerTread view = new TimerTread(copy, model);
            view.event(queue.code());
            view.tstampNanos(queue.nanos());
            view.val((int) queue.value());
        }
    }

    /** What {@code poll} answers. */
    public int pollEvents() {
        synchronized (timers.lock()) {
            TimerInstance selected = instance;
            boolean gone = selected != null && !timers.exists(selected.timer);
            return (queue.used() > 0 ? READABLE : 0) | (gone ? GONE : 0);
        }
    }

    /** Lets go of its timer. Idempotent. */
    @Override
    public void close() {
        synchronized (timers.lock()) {
            TimerInstance selected = instance;
            if (selected != null) {
                selected.timer.detach(selected);
                instance = null;
            }
        }
    }
}
