package io.pcmshare.server;

import io.pcmshare.abi.PcmState;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.Waiter;

/**
 * Plays a stream on in silence after its client was cut off: counts the silent ring as written, up
 * to a number of frames, and then drains. Runs as a parked waiter, so that it is never late.
 */
final class SilentFeeder implements Waiter {
    private final PcmFile owner;
    private long leftFrames;
    private boolean draining;
    private volatile boolean finished;

    SilentFeeder(PcmFile owner, long frames) {
        this.owner = owner;
        this.leftFrames = frames;
    }

    @Override
    public boolean onChange() {
        PcmState state = owner.state();
        if (state == PcmState.RUNNING && !draining) {
            feed();
        }
        boolean over = state != PcmState.RUNNING && state != PcmState.DRAINING;
        finished = over;
        return over;
    }

    private void feed() {
        long moved = owner.forward(leftFrames);
        leftFrames -= Math.max(0, moved);
        if (leftFrames == 0) {
            draining = true;
            owner.drainStart();
        }
    }

    boolean isFinished() {
        return finished;
    }
}
