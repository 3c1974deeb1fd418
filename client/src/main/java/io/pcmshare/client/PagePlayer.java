package io.pcmshare.client;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.WakeControl;
import io.pcmshare.abi.WakeStatus;
import io.pcmshare.share.wire.StreamTime;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Futex;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Plays a recording straight into the ring, with the status and the control page to go by.
 *
 * <p>Its loop makes one system call, {@code futex}: to wait for the end of a period and, where time
 * stands still until it has written (lockstep), to say that it has. It allocates nothing. Only when
 * nothing has moved for 100 ms, or the status page says that there is news, it looks at the socket
 * as well ({@code poll}, {@code recvmsg}), and follows the stream into other memory. Threads: one.
 */
public final class PagePlayer implements Player {
    /** A server that says nothing for so long may be gone: then its socket is looked at. */
    private static final long LOOK_AGAIN_NANOS = 100_000_000L;

    /** The server needs a fraction of this to change over. */
    private static final long CHANGE_OVER_NANOS = 1_000_000L;

    private static final int OPEN = PcmState.OPEN.code();
    private static final int WOKEN = 0;
    private static final int TIMED_OUT = Errno.ETIMEDOUT.negated();
    private static final int DISCONNECTED = PcmState.DISCONNECTED.code();
    private static final int XRUN = PcmState.XRUN.code();

    private final Connection connection;
    private final StreamMemory memory;
    private StreamMemory.Pages pages;
    private int heardNews;
    private final RingWriter writer;
    private final WakeListener listener;
    private final long periodSize;
    private final long bufferSize;
    private final long boundary;
    private final int rate;

    /**
     * Plays {@code samples}, whole frames in the stream's format.
     *
     * @param connection to the server, still the caller's; looked at only when nothing moves
     */
    public PagePlayer(
            Connection connection,
            StreamMemory memory,
            MemorySegment samples,
            WakeListener listener) {
        StreamMemory.Pages granted = memory.pages();
        if (granted == null) {
            throw new IllegalArgumentException("permissions=" + memory.permissions());
        }
        this.connection = connection;
        this.memory = memory;
        this.pages = granted;
        this.writer = new RingWriter(samples, memory);
        this.listener = listener;
        this.periodSize = memory.offer().periodSize();
        this.bufferSize = memory.offer().bufferSize();
        this.boundary = memory.offer().boundary();
        this.rate = memory.offer().rate();
    }

    @Override
    public long prefill() {
        writer.writeUpTo(bufferSize);
        publish();
        return writer.written();
    }

    @Override
    public long play(long startNanos) throws IOException {
        StreamTime time = new StreamTime(startNanos, rate);
        long hwFrames = 0;
        while (!writer.isDone()) {
            // before the pointer: a wake-up that comes after this look ends the wait below
            int seen = pages.wakeStatus().wakeSeq();
            int state = pages.status().state();
            if (state == DISCONNECTED) {
                return writer.written();
            }
            if (state == XRUN) {
                throw new XrunException(pages.status().hwPtr());
            }
            if (pages.wakeStatus().news() != heardNews) {
                if (!move()) {
                    return writer.written();
                }
                continue;
            }
            hwFrames = unwrap(hwFrames, pages.status().hwPtr());
            if (write(hwFrames)) {
                continue;
            }
            int answer = await(seen);
            if (answer == WOKEN) {
                report(time, unwrap(hwFrames, pages.status().hwPtr()));
            } else if (answer == TIMED_OUT && connection.hasNews()) {
                return writer.written();
            }
        }
        return writer.written();
    }

    /**
     * Follows the stream into other memory: what lies in the ring is in both until the server has
     * changed over, so there is no gap.
     *
     * @return false where the server had something else to say
     */
    private boolean move() throws IOException {
        heardNews = pages.wakeStatus().news();
        if (!connection.hasNews()) {
            return true; // it was for another holder of these pages
        }
        List<Fd> fds = connection.takeMemory();
        if (fds == null) {
            return false;
        }
        StreamMemory next = memory.copyInto(fds);
        connection.moved();
        StreamMemory.Pages to = next.pages();
        if (to == null || !awaitLife(to)) {
            next.close();
            return false;
        }
        memory.become(next);
        pages = to;
        heardNews = to.wakeStatus().news();
        writer.moveTo(memory.ring());
        return true;
    }

    /** Until the stream lives in the new memory: its status page has a state. */
    private boolean awaitLife(StreamMemory.Pages to) {
        while (to.status().state() == OPEN) {
            int seen = to.wakeStatus().wakeSeq();
            if (to.status().state() != OPEN) {
                return true;
            }
            int answer =
                    Futex.wait(
                            to.statusMemory(), WakeStatus.WAKE_SEQ_OFFSET, seen, CHANGE_OVER_NANOS);
            if (answer == TIMED_OUT && connection.hasNews()) {
                return false;
            }
        }
        return true;
    }

    /** Writes if at least a period, or the rest, fits. */
    private boolean write(long hwFrames) {
        long room = bufferSize - (writer.written() - hwFrames);
        if (room < periodSize && room < writer.totalFrames() - writer.written()) {
            return false;
        }
        if (writer.writeUpTo(hwFrames + bufferSize) == 0) {
            return false;
        }
        publish();
        return true;
    }

    /** Release: the samples are visible before the pointer that covers them. */
    private void publish() {
        pages.control().applPtr(writer.written() % boundary);
        // ordered after the pointer by the fence in kickWanted(): either the core sees the pointer
        // before it sleeps, or we see that it wants to be kicked
        if (pages.wakeStatus().kickWanted() != 0) {
            pages.wakeControl().kick();
            Futex.wake(pages.controlMemory(), WakeControl.KICK_SEQ_OFFSET, 1);
        }
    }

    /**
     * Waits for the core.
     *
     * @param seen the wake-ups that were known when it was found that there is nothing to do
     * @return {@link #WOKEN}, {@link #TIMED_OUT}, or another negated errno: look again
     */
    private int await(int seen) {
        pages.wakeControl().waiting(1);
        // ordered after the flag: either the core sees the flag, or we see its wake-up
        int answer = Errno.EAGAIN.negated();
        if (pages.wakeStatus().wakeSeq() == seen) {
            answer =
                    Futex.wait(
                            pages.statusMemory(),
                            WakeStatus.WAKE_SEQ_OFFSET,
                            seen,
                            LOOK_AGAIN_NANOS);
        }
        pages.wakeControl().waiting(0);
        return answer;
    }

    private void report(StreamTime time, long hwFrames) {
        long periods = hwFrames / periodSize;
        listener.onWake(Clocks.monotonicNanos() - time.nanosAt(periods * periodSize));
    }

    /** Frames since the start, from a pointer that wraps at the boundary. */
    private long unwrap(long before, long hwPtr) {
        long moved = hwPtr - before % boundary;
        return before + (moved < 0 ? moved + boundary : moved);
    }

    @Override
    public long scribble(long startNanos) {
        return writer.writeRest(
                periodSize, startNanos == AT_ONCE ? null : new StreamTime(startNanos, rate));
    }
}
