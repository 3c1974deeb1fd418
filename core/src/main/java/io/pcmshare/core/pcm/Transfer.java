package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;

/**
 * One READI, WRITEI, READN or WRITEN, from its beginning to its end. Kernel: sound/core/pcm_lib.c,
 * __snd_pcm_lib_xfer().
 *
 * <p>{@link #reset}, {@link #begin}, then {@link #move} as often as frames go, then {@link #end}.
 * Used again and again, so that a transfer allocates nothing. Threads: under the card's lock.
 */
final class Transfer {
    private static final int EAGAIN = Errno.EAGAIN.negated();

    private final Substream s;
    private final PcmRuntime r;
    private long left;
    private long done;

    /** Transfers of a stream as long as it is open. */
    Transfer(Substream s, PcmRuntime r) {
        this.s = s;
        this.r = r;
    }

    /** A new transfer of so many frames. */
    void reset(long frames) {
        left = frames;
        done = 0;
    }

    /** Frames still to go; unsigned until some have gone. */
    long left() {
        return left;
    }

    /** Frames gone. */
    long done() {
        return done;
    }

    /** 0 while frames may go, else a negated errno. */
    int accessible() {
        PcmAction action = left == 0 && done == 0 ? PcmAction.TRANSFER_NONE : PcmAction.TRANSFER;
        return action.check(r.state(), s.isCapture());
    }

    /** Looks where the hardware is; a capture stream starts here. */
    int begin() {
        int answer = accessible();
        if (answer < 0 || left == 0) {
            return answer;
        }
        if (r.state() == PcmState.RUNNING) {
            Positions.update(s, r, s.card().clock().monotonicNanos());
        }
        boolean starts =
                s.isCapture()
                        && r.state() == PcmState.PREPARED
                        && Long.compareUnsigned(left, r.startThreshold) >= 0;
        if (starts) {
            answer = PcmOperations.start(s);
        }
        return answer < 0 ? answer : accessible();
    }

    /** Frames that would go now. */
    long avail() {
        return Positions.avail(s, r);
    }

    /**
     * Whether the rest, or enough of it, goes; if not, the client is woken when it does. Kernel:
     * {@code runtime->twake}.
     */
    boolean mayGoOn() {
        long availMin = Math.max(1, r.availMin());
        r.wakeAvail = Long.compareUnsigned(left, availMin) < 0 ? left : availMin;
        return Long.compareUnsigned(avail(), r.wakeAvail) >= 0;
    }

    /**
     * Moves one piece that does not wrap.
     *
     * @param most frames to move at most
     * @return frames moved; 0 when none goes now; or a negated errno
     */
    long move(FrameMover mover, long most) {
        RingView ring = r.ring;
        int allowed = accessible();
        if (allowed < 0 || ring == null) {
            return allowed < 0 ? allowed : Errno.EBADFD.negated();
        }
        if (!s.isCapture() && ring.memory().isReadOnly()) {
            // attached here, but another stream records to it: nobody but that one writes it
            return Errno.EACCES.negated();
        }
        long applPtr = r.applPtr();
        if (!r.geometry.isPointer(applPtr)) {
            return Errno.EINVAL.negated();
        }
        long offset = r.geometry.offset(applPtr);
        long possible = Math.min(Math.min(left, most), avail());
        long frames = Math.min(possible, r.geometry.bufferSize() - offset);
        if (frames <= 0) {
            return 0;
        }
        int copied = mover.move(ring, offset, done, frames);
        if (copied < 0) {
            return copied;
        }
        r.applPtr(r.geometry.advance(applPtr, frames));
        s.countCopied(frames);
        done += frames;
        left -= frames;
        int started = startByWriting();
        return started < 0 ? started : frames;
    }

    private int startByWriting() {
        boolean starts =
                !s.isCapture()
                        && r.state() == PcmState.PREPARED
                        && Positions.hwAvail(s, r) >= r.startThreshold;
        return starts ? PcmOperations.start(s) : 0;
    }

    /** All of it without waiting: frames, or a negated errno when none went. */
    long now(FrameMover mover, long frames) {
        reset(frames);
        long answer = begin();
        while (answer >= 0 && left > 0) {
            answer = move(mover, left);
            if (answer == 0) {
                answer = EAGAIN;
            }
        }
        return end(answer);
    }

    /** No more frames are wanted. */
    void stopHere() {
        left = 0;
    }

    /** Takes frames back that could not be handed to the client. */
    void undo(long frames) {
        long applPtr = r.applPtr();
        if (r.geometry.isPointer(applPtr)) {
            r.applPtr(r.geometry.retreat(applPtr, frames));
        }
        done -= frames;
        left += frames;
    }

    /** Ends it, for whatever reason: what was transferred counts more than why it ended. */
    long end(long answer) {
        r.wakeAvail = 0;
        if (done > 0 && answer >= 0) {
            Positions.conclude(s, r);
        }
        return done > 0 ? done : answer;
    }
}
