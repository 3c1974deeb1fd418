package io.pcmshare.server;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.RingGeometry;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.Waiter;
import io.pcmshare.share.Right;
import io.pcmshare.share.owner.Grant;
import io.pcmshare.share.owner.SharedStream;
import io.pcmshare.share.wire.Message;
import io.pcmshare.share.wire.StreamCall;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * A stream that a session holds: what it was lent, and what its client was granted of that. Owns
 * both. Answers are 0 or a negated errno. Threads: control.
 */
final class Holding implements AutoCloseable {
    private final StreamSource.Lent lent;
    private final Grant grant;
    private final Runnable wakeControl;
    private @Nullable Waiter watch;
    private boolean isMoving;

    private Holding(StreamSource.Lent lent, Grant grant, Runnable wakeControl) {
        this.lent = lent;
        this.grant = grant;
        this.wakeControl = wakeControl;
    }

    /**
     * Grants what was lent.
     *
     * @param wakeControl makes the control thread look; from any thread
     * @param onTakenBack told why, when the grant's time or quota is over
     * @throws PcmOpenException where there is nothing to grant; then it has been given back
     */
    static Holding of(StreamSource.Lent lent, Runnable wakeControl, Consumer<String> onTakenBack)
            throws PcmOpenException {
        try {
            Grant grant = lent.stream().grant(lent.terms());
            grant.onTakenBack(onTakenBack);
            lent.stream().onLimitDue(wakeControl);
            return new Holding(lent, grant, wakeControl);
        } catch (PcmOpenException e) {
            lent.giveBack();
            throw e;
        }
    }

    StreamSource.Lent lent() {
        return lent;
    }

    SharedStream stream() {
        return lent.stream();
    }

    Grant grant() {
        return grant;
    }

    private PcmFile owner() {
        return lent.stream().owner();
    }

    PcmState state() {
        return owner().state();
    }

    long hwPtr() {
        return owner().hwPtr();
    }

    long applPtr() {
        return owner().status().applPtr();
    }

    long startedNanos() {
        return owner().startedNanos();
    }

    private boolean hasControlPage() {
        return grant.permissions().has(Right.MAP_CONTROL);
    }

    /** What its client is told; the descriptors are {@link Grant#borrowFds}. */
    Message.Offer offer() {
        StreamParams params = grant.file().params();
        RingGeometry geometry = grant.file().geometry();
        return new Message.Offer(
                params.stream().code(),
                params.format().code(),
                params.channels(),
                params.rate(),
                params.periodSize(),
                geometry.bufferSize(),
                geometry.boundary(),
                grant.permissions().bits());
    }

    /** Has it run; the control thread looks when it stops. */
    int start() {
        PcmFile owner = owner();
        if (owner.state() != PcmState.PREPARED) {
            // another client's: its pointer is not to be touched
            return Errno.EBUSY.negated();
        }
        if (!hasControlPage() && !owner.substream().isCapture()) {
            // the owner speaks for a client that has no pointer of its own
            owner.applPtr(owner.geometry().bufferSize());
        }
        int answer = stream().start();
        if (answer == 0) {
            awaitStop(owner);
        }
        return answer;
    }

    private void awaitStop(PcmFile owner) {
        Waiter stopped =
                () -> {
                    PcmState state = owner.state();
                    boolean over =
                            state != PcmState.RUNNING
                                    && state != PcmState.DRAINING
                                    && state != PcmState.PAUSED;
                    if (over) {
                        wakeControl.run();
                    }
                    return over;
                };
        watch = stopped;
        owner.park(stopped);
    }

    /** Has what is queued be heard, and nothing more. */
    int drain(long frames) {
        PcmFile owner = owner();
        if (!hasControlPage()) {
            owner.applPtr(frames % owner.geometry().boundary());
        }
        // after an xrun a drain would only set the state: frames were lost, and the client is told
        return owner.state() == PcmState.XRUN ? Errno.EPIPE.negated() : owner.drainStart();
    }

    /** Does what the client asks for, where it may. */
    int call(StreamCall what, int argument) {
        PcmFile owner = owner();
        if (!grant.permissions().has(what.right())) {
            return Errno.EPERM.negated();
        }
        int answer =
                switch (what) {
                    case PREPARE -> owner.prepare();
                    case DROP -> owner.drop();
                    case PAUSE -> argument == 0 ? owner.pauseRelease() : owner.pause();
                };
        if (answer == 0 && what != StreamCall.PAUSE) {
            stopWatching();
        }
        return answer;
    }

    void stopWatching() {
        if (watch != null) {
            owner().unpark(watch);
            watch = null;
        }
    }

    /** Whether its client was shown other memory and has not answered. */
    boolean isMoving() {
        return isMoving;
    }

    /** Whether its client could follow it into other memory: one without pages cannot be told. */
    boolean canMove() {
        return !isMoving && hasControlPage();
    }

    /** Its client was shown other memory. */
    void moving() {
        isMoving = true;
        grant.tellNews();
    }

    /** Its client has filled the other memory; whether the stream is in it now. */
    boolean moved() {
        isMoving = false;
        return grant.completeMove();
    }

    /** Takes the grant back; the frame from which on nothing of the client is heard. */
    long cutOff() {
        try {
            return grant.revoke();
        } catch (IOException e) {
            // no memory for a new ring: the old one at least falls silent, and nobody plays on
            PcmFile owner = owner();
            long silentFrom = owner.memory().silenceAhead();
            owner.drop();
            return silentFrom;
        }
    }

    /** Puts the stream into other memory and gives it back. */
    @Override
    public void close() {
        stopWatching();
        try {
            grant.release();
        } catch (IOException e) {
            // no memory: whoever comes next must not be at the mercy of whoever was here
            var _ = owner().drop();
        }
        lent.giveBack();
    }
}
