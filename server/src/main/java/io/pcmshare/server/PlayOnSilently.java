package io.pcmshare.server;

import io.pcmshare.abi.PcmState;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.RingGeometry;
import io.pcmshare.core.pcm.Waiter;

/**
 * Plays a stream on in silence after its client was cut off: counts the ring, which is silent, as
 * written, up to a frame, and then drains.
 *
 * <p>Threads: {@link #until} one; from then on it runs as a parked waiter, under the card's lock,
 * so that it is never late.
 */
public final class PlayOnSilently implements Waiter {
    private final PcmFile owner;
    private long leftFrames;
    private boolean draining;
    private boolean feeding;
    private volatile boolean finished;

    /** Will play a stream on; the caller is its owner. */
    public PlayOnSilently(PcmFile owner) {
        this.owner = owner;
    }

    /** Plays on until {@code endFrame}, counted from the start, and drains. */
    public void until(long endFrame) {
        RingGeometry ring = owner.geometry();
        long hwPtr = owner.hwPtr();
        long queued = Math.clamp(endFrame - hwPtr, 0, ring.bufferSize());
        leftFrames = Math.max(0, endFrame - hwPtr - queued);
        owner.applPtr(ring.advance(hwPtr, queued));
        // a stream that ran whatever its client did stops from now on as any other
        owner.swParams(
                owner.currentSwParams().withStopThreshold(ring.bufferSize()).withSilence(0, 0));
        owner.park(this);
    }

    @Override
    public boolean onChange() {
        if (feeding) {
            // moving the pointer looked at the clock, which woke us again: the first call goes on
            return false;
        }
        PcmState state = owner.state();
        if (state == PcmState.RUNNING && !draining) {
            feeding = true;
            feed();
            feeding = false;
        }
        PcmState now = owner.state();
        boolean over = now != PcmState.RUNNING && now != PcmState.DRAINING;
        finished = over;
        return over;
    }

    private void feed() {
        long moved = leftFrames == 0 ? 0 : owner.forward(leftFrames);
        leftFrames -= Math.max(0, moved);
        if (leftFrames == 0) {
            draining = true;
            owner.drainStart();
        }
    }

    /** Whether everything was played. */
    public boolean isFinished() {
        return finished;
    }
}
