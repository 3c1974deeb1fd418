package io.pcmshare.client;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.WakeControl;
import io.pcmshare.abi.WakeStatus;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Futex;

import java.io.IOException;
import java.util.List;

/**
 * A stream's two pages as a client uses them: publishes its pointer, waits for the core, follows
 * the stream into other memory. Owns nothing. Allocates nothing but where the stream moves.
 * Threads: one.
 */
final class PageLink {
    /** A server that says nothing for so long may be gone: then its socket is looked at. */
    private static final long LOOK_AGAIN_NANOS = 100_000_000L;

    /** The server needs a fraction of this to change over. */
    private static final long CHANGE_OVER_NANOS = 1_000_000L;

    /** What {@link #await} answers when the core woke the client. */
    static final int WOKEN = 0;

    /** What {@link #await} answers when nothing has moved for long. */
    static final int TIMED_OUT = Errno.ETIMEDOUT.negated();

    private static final int OPEN = PcmState.OPEN.code();

    private final Connection connection;
    private final StreamMemory memory;
    private StreamMemory.Pages pages;
    private int heardNews;

    PageLink(Connection connection, StreamMemory memory) {
        StreamMemory.Pages granted = memory.pages();
        if (granted == null) {
            throw new IllegalArgumentException("permissions=" + memory.permissions());
        }
        this.connection = connection;
        this.memory = memory;
        this.pages = granted;
    }

    StreamMemory.Pages pages() {
        return pages;
    }

    /** Release: the samples are visible before the pointer that covers them. */
    void publish(long applPtr) {
        pages.control().applPtr(applPtr);
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
    int await(int seen) {
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

    /** Whether the server has said something unasked that was not looked at. */
    boolean hasNews() {
        return pages.wakeStatus().news() != heardNews;
    }

    /**
     * Follows the stream into other memory: what lies in the ring is in both until the server has
     * changed over, so there is no gap.
     *
     * @return false where the server had something else to say
     */
    boolean follow() throws IOException {
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
}
