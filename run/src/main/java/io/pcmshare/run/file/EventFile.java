package io.pcmshare.run.file;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.BlockingCall;
import io.pcmshare.core.user.UserMemory;
import io.pcmshare.run.file.ReadyPipe.Show;
import io.pcmshare.sys.Fd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** An open file that programs read events from: a control or the timer device. */
abstract sealed class EventFile extends PipeFile permits CtlSound, TimerSound {
    /** The kernel's {@code _IOC_SIZE} of a request. */
    static final int SIZE_SHIFT = 16;

    static final int SIZE_MASK = 0x3fff;

    private static final int POLLIN = 0x1;
    private static final int POLLERR = 0x8;

    private final DirtyFiles dirty;
    private final Inbox.Note event;
    private final List<Read> waiting = new ArrayList<>();

    EventFile(Opened opened, ReadyPipe pipe, DirtyFiles dirty) {
        super(opened, pipe);
        this.dirty = dirty;
        this.event = dirty.note(this::tell);
    }

    /**
     * Answers a call of the core, which may hold a lock meanwhile: where other threads need that,
     * the program's memory is not touched under it.
     *
     * @param bytes of the struct at the address that is read first; 0 for none
     */
    final long answer(
            FileCaller caller, long address, long bytes, ToLongFunction<UserMemory> call) {
        return dirty.isShared()
                ? LaterMemory.call(caller, address, bytes, call)
                : call.applyAsLong(caller);
    }

    /** There may be something to read; under the locks of the core. */
    final void woken() {
        event.leave();
    }

    private void tell() {
        dirty.add(this);
        waiting.forEach(read -> read.caller.ready(read));
    }

    /** Reads without waiting: bytes, or a negated errno. */
    abstract long readNow(FileCaller caller, long address, long bytes);

    /** What the core's file says of poll(2). */
    abstract int pollEvents();

    @Override
    public final long read(FileCaller caller, long address, long bytes) {
        long answer = readNow(caller, address, bytes);
        dirty.add(this);
        boolean waits =
                answer == Errno.EAGAIN.negated() && (caller.descriptorFlags() & Fd.O_NONBLOCK) == 0;
        if (!waits) {
            return answer;
        }
        Read read = new Read(caller, address, bytes);
        waiting.add(read);
        caller.park(read);
        return FileCaller.PENDING;
    }

    @Override
    public final long write(FileCaller caller, long address, long bytes) {
        return Errno.EINVAL.negated();
    }

    @Override
    public final long vector(FileCaller caller) {
        return Errno.EINVAL.negated();
    }

    @Override
    public final MapAnswer mmap(MapRequest request) {
        return new MapAnswer.Refused(Errno.ENODEV.negated());
    }

    @Override
    final Show readiness() {
        int events = pollEvents();
        boolean readable = (events & POLLIN) != 0;
        if ((events & POLLERR) != 0) {
            return readable ? Show.READY_ERROR : Show.ERROR;
        }
        return readable ? Show.READY : Show.WAIT;
    }

    /** A read that waits for an event. */
    private final class Read implements FileCaller.Resumable {
        private final FileCaller caller;
        private final long address;
        private final long bytes;

        Read(FileCaller caller, long address, long bytes) {
            this.caller = caller;
            this.address = address;
            this.bytes = bytes;
        }

        @Override
        public long run() {
            long answer = readNow(caller, address, bytes);
            if (answer == Errno.EAGAIN.negated()) {
                return FileCaller.PENDING; // another reader was faster
            }
            waiting.remove(this);
            dirty.add(EventFile.this);
            return answer;
        }

        @Override
        public long interrupt() {
            waiting.remove(this);
            return BlockingCall.RESTART;
        }
    }
}
