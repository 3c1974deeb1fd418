package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;

/**
 * One READI or WRITEI, from its beginning to its end. Kernel: sound/core/pcm_lib.c,
 * __snd_pcm_lib_xfer().
 *
 * <p>A transfer that has to wait is parked: {@link #advance} answers {@link #PENDING} and is called
 * again when the stream changed. Threads: under the card's lock.
 */
final class Transfer {
    /** Not finished; to be called again. */
    static final long PENDING = Long.MIN_VALUE;

    private static final int EAGAIN = Errno.EAGAIN.negated();

    private final Substream s;
    private final PcmRuntime r;
    private final UserFrames user;
    private final boolean nonblock;
    private long left;
    private long done;
    private boolean begun;

    Transfer(Substream s, UserFrames user, long frames, boolean nonblock) {
        this.s = s;
        this.r = s.runtime();
        this.user = user;
        this.left = frames;
        this.nonblock = nonblock;
    }

    /** Frames transferred or a negated errno; {@link #PENDING} when it has to wait. */
    long advance() {
        if (left == 0 && !begun) {
            return PcmAction.TRANSFER_NONE.check(r.state(), s.isCapture());
        }
        long answer = begun ? accessible() : begin();
        while (answer == 0 && left > 0) {
            long avail = Positions.avail(s, r);
            if (avail == 0) {
                if (nonblock) {
                    answer = EAGAIN;
                    break;
                }
                r.wakeAvail = Math.min(left, Math.max(1, r.availMin()));
                return PENDING;
            }
            answer = move(avail);
        }
        return end(answer);
    }

    private long accessible() {
        return PcmAction.TRANSFER.check(r.state(), s.isCapture());
    }

    private long begin() {
        begun = true;
        long answer = accessible();
        if (answer < 0) {
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
            if (answer < 0) {
                return answer;
            }
        }
        return accessible();
    }

    /** One piece that does not wrap. */
    private long move(long avail) {
        StreamParams params = r.params;
        RingView ring = r.ring;
        if (params == null || ring == null) {
            return Errno.EBADFD.negated();
        }
        long applPtr = r.applPtr();
        if (!r.geometry.isPointer(applPtr)) {
            return Errno.EINVAL.negated();
        }
        long offset = r.geometry.offset(applPtr);
        long frames = Math.min(Math.min(left, avail), params.bufferSize() - offset);
        int answer =
                user.copy(
                        ring.memory(),
                        params.bytes(offset),
                        params.bytes(done),
                        params.bytes(frames));
        if (answer < 0) {
            return answer;
        }
        r.applPtr(r.geometry.advance(applPtr, frames));
        s.countCopied(frames);
        done += frames;
        left -= frames;
        boolean starts =
                !s.isCapture()
                        && r.state() == PcmState.PREPARED
                        && Positions.hwAvail(s, r) >= r.startThreshold;
        return starts ? PcmOperations.start(s) : 0;
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
