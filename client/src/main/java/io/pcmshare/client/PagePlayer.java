package io.pcmshare.client;

import io.pcmshare.abi.PcmState;
import io.pcmshare.share.wire.StreamTime;
import io.pcmshare.sys.Clocks;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Plays a recording straight into the ring, with the status and the control page to go by.
 *
 * <p>Its loop makes one system call, {@code futex}: to wait for the end of a period and, where time
 * stands still until it has written (lockstep), to say that it has. It allocates nothing. Only when
 * nothing has moved for 100 ms, or the status page says that there is news, it looks at the socket
 * as well ({@code poll}, {@code recvmsg}), and follows the stream into other memory. Threads: one.
 */
public final class PagePlayer implements Player {
    private static final int DISCONNECTED = PcmState.DISCONNECTED.code();
    private static final int XRUN = PcmState.XRUN.code();

    private final Connection connection;
    private final StreamMemory memory;
    private final PageLink link;
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
        this.connection = connection;
        this.memory = memory;
        this.link = new PageLink(connection, memory);
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
            StreamMemory.Pages pages = link.pages();
            // before the pointer: a wake-up that comes after this look ends the wait below
            int seen = pages.wakeStatus().wakeSeq();
            int state = pages.status().state();
            if (state == DISCONNECTED) {
                return writer.written();
            }
            if (state == XRUN) {
                throw new XrunException(pages.status().hwPtr());
            }
            if (link.hasNews()) {
                if (!link.follow()) {
                    return writer.written();
                }
                writer.moveTo(memory.ring());
                continue;
            }
            hwFrames = unwrap(hwFrames, pages.status().hwPtr());
            if (write(hwFrames)) {
                continue;
            }
            int answer = link.await(seen);
            if (answer == PageLink.WOKEN) {
                report(time, unwrap(hwFrames, pages.status().hwPtr()));
            } else if (answer == PageLink.TIMED_OUT && connection.hasNews()) {
                return writer.written();
            }
        }
        return writer.written();
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

    private void publish() {
        link.publish(writer.written() % boundary);
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
