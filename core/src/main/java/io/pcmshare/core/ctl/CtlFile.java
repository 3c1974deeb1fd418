package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlEvent;
import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.user.UserMemory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An open control device. Kernel: include/sound/control.h, {@code struct snd_ctl_file}.
 *
 * <p>Locks belong to the file, not to its process. Threads: any.
 */
public final class CtlFile implements AutoCloseable {
    /** {@code POLLIN | POLLRDNORM}. */
    static final int READABLE = 0x41;

    /** {@code POLLERR | POLLNVAL}. */
    static final int GONE = 0x28;

    private static final int EVENT_BYTES = 72;

    private final ControlSet set;
    private final int pid;
    private final Map<Integer, Event> events = new LinkedHashMap<>();
    private Runnable onWake = () -> {};
    private boolean subscribed;
    private boolean closed;
    private int preferredPcm = PcmDevice.ANY_SUBDEVICE;

    private static final class Event {
        private final Control control;
        private final int offset;
        private int mask;

        Event(Control control, int offset) {
            this.control = control;
            this.offset = offset;
        }
    }

    CtlFile(ControlSet set, int pid) {
        this.set = set;
        this.pid = pid;
    }

    /** The elements of its card. */
    public ControlSet controls() {
        return set;
    }

    /** The process that opened it. */
    public int pid() {
        return pid;
    }

    int preferredPcm() {
        return preferredPcm;
    }

    void preferredPcm(int subdevice) {
        preferredPcm = subdevice;
    }

    boolean isSubscribed() {
        return subscribed;
    }

    /** Begins or ends to collect events; the end forgets those that nobody read. */
    void subscribe(boolean wanted) {
        subscribed = wanted;
        if (!wanted) {
            events.clear();
        }
    }

    /** Something happened to an element; what nobody read yet is one event. */
    void happened(Control control, int offset, int mask) {
        if (!subscribed) {
            return;
        }
        Event event =
                events.computeIfAbsent(control.numid() + offset, key -> new Event(control, offset));
        event.mask |= mask;
        wake();
    }

    void wake() {
        onWake.run();
    }

    /** Sets who is told that there is something to read, under the lock of the set. */
    public void onWake(Runnable listener) {
        synchronized (set.lock()) {
            onWake = listener;
        }
    }

    /** Makes a call; see {@link CtlCalls#ioctl}. */
    public int ioctl(int request, long argument, UserMemory memory, boolean compat32) {
        return CtlCalls.ioctl(this, request, argument, memory, compat32);
    }

    /**
     * Reads events without waiting. Kernel: sound/core/control.c, snd_ctl_read().
     *
     * @return bytes, or a negated errno: {@code EAGAIN} for none, which a blocking reader parks on
     */
    public int read(UserMemory memory, long address, long bytes) {
        synchronized (set.lock()) {
            if (set.isDisconnected()) {
                return Errno.ENODEV.negated();
            }
            if (!subscribed) {
                return Errno.EBADFD.negated();
            }
            if (bytes < EVENT_BYTES) {
                return Errno.EINVAL.negated();
            }
            try (Arena arena = Arena.ofConfined()) {
                return readEvents(new Caller(memory, DataModel.LP64, arena), address, bytes);
            }
        }
    }

    private int readEvents(Caller caller, long address, long bytes) {
        int done = 0;
        MemorySegment copy = caller.scratch(EVENT_BYTES);
        CtlEvent view = new CtlEvent(copy, DataModel.LP64);
        Iterator<Event> next = events.values().iterator();
        while (bytes - done >= EVENT_BYTES && next.hasNext()) {
            Event event = next.next();
            next.remove();
            view.clear();
            view.mask(event.mask);
            event.control.storeId(view.id(), event.offset);
            // the event is gone even where the program has no room for it, as in the kernel
            if (caller.write(address + done, copy) < 0) {
                return done > 0 ? done : Caller.EFAULT;
            }
            done += EVENT_BYTES;
        }
        return done > 0 ? done : Errno.EAGAIN.negated();
    }

    /** What {@code poll} answers: {@code POLLIN | POLLRDNORM} when there is an event. */
    public int pollEvents() {
        synchronized (set.lock()) {
            if (set.isDisconnected()) {
                return GONE;
            }
            return subscribed && !events.isEmpty() ? READABLE : 0;
        }
    }

    /** Unlocks what it had locked; the elements it made stay. Idempotent. */
    public void release() {
        synchronized (set.lock()) {
            if (!closed) {
                closed = true;
                subscribe(false);
                set.closed(this);
            }
        }
    }

    @Override
    public void close() {
        release();
    }
}
