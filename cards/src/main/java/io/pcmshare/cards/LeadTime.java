package io.pcmshare.cards;

import io.pcmshare.abi.PcmState;
import io.pcmshare.core.clock.FrameCounter;

/**
 * The time of those who feed an {@link Outlet}: a count of frames that ought to have been handed to
 * it by now.
 *
 * <p>At first it runs by the card's clock, until what the outlet holds ahead is gathered; from then
 * on the outlet's pointer moves it, so that nothing drifts. While an outlet is still heard to its
 * end it stands, and goes on when that is over. Never decreases, but by {@link #rewind}. Allocates
 * nothing. Threads: under the lock of the card that feeds.
 */
public final class LeadTime {
    private final Outlet outlet;
    private final FrameCounter gathering = new FrameCounter();

    /** The frame that is the outlet's first since it was prepared. */
    private long originFrame;

    /** The frame that was reached when somebody looked last. */
    private long frame;

    private long lookedNanos;

    /** The time of those who feed it. */
    public LeadTime(Outlet outlet) {
        this.outlet = outlet;
    }

    /**
     * The outlet begins anew.
     *
     * @param nextFrame the frame that is played first
     * @return 0, or a negated errno
     */
    public int begin(long nextFrame, long nowNanos) {
        int answer = outlet.prepare();
        originFrame = nextFrame;
        lookedNanos = nowNanos;
        gathering.reset(outlet.rate());
        gathering.start(nowNanos);
        return answer;
    }

    /** Nobody is anywhere any more: what comes next is this frame. */
    public void rewind(long nextFrame) {
        frame = nextFrame;
    }

    /** The frame that is the outlet's first since it was prepared. */
    public long originFrame() {
        return originFrame;
    }

    /** When somebody looked last. */
    public long lookedNanos() {
        return lookedNanos;
    }

    /** The frame of this instant; the outlet's state is then that of this instant, too. */
    public long frame(long nowNanos) {
        long moved = outlet.moved(nowNanos);
        switch (outlet.state()) {
            case PREPARED -> {
                long gathered = Math.min(gathering.frames(nowNanos), outlet.leadFrames());
                frame = Math.max(frame, originFrame + gathered);
            }
            case RUNNING -> frame = Math.max(frame, originFrame + outlet.leadFrames() + moved);
            default -> {
                // what was played before is heard yet, or has ended: nothing is to be handed on
            }
        }
        lookedNanos = Math.max(lookedNanos, nowNanos);
        return frame;
    }

    /** When a frame will be reached; for one that was not, after the last look. */
    public long nanosAt(long later) {
        long nanos =
                switch (outlet.state()) {
                    case PREPARED -> gathering.nanosAt(later - originFrame);
                    case RUNNING -> outlet.nanosAt(later - originFrame - outlet.leadFrames());
                    // what was played before is heard first: lookNanos() tells when that is over
                    case DRAINING, DISCONNECTED -> Long.MAX_VALUE;
                    default -> 0;
                };
        return later > frame ? Math.max(nanos, lookedNanos + 1) : nanos;
    }

    /** When everything that was played will have been heard. */
    private long heardNanos() {
        return outlet.nanosAt(outlet.playedFrames());
    }

    /** When somebody has to look. */
    public long lookNanos() {
        if (outlet.state() == PcmState.DRAINING) {
            return Math.max(heardNanos(), lookedNanos + 1);
        }
        long period = outlet.lookFrames();
        return nanosAt(originFrame + ((frame - originFrame) / period + 1) * period);
    }

    /** Frames that were or ought to have been handed on and are not heard yet. */
    public long queuedFrames() {
        return switch (outlet.state()) {
            case RUNNING -> outlet.leadFrames();
            case DRAINING -> outlet.playedFrames() - outlet.moved(lookedNanos);
            default -> frame - originFrame;
        };
    }
}
