package io.pcmshare.core.clock;

/**
 * Frames that a card has moved since {@link #reset}, computed from time whenever somebody looks.
 *
 * <p>Stands while stopped, runs at {@code rate} while started. Threads: under the card's lock.
 */
public final class FrameCounter {
    private long rate = 1;
    private long startNanos;
    private long framesBefore;
    private boolean running;

    /** Sets the rate, frames a second, and starts again from 0. */
    public void reset(long newRate) {
        if (newRate <= 0) {
            throw new IllegalArgumentException("rate=" + newRate);
        }
        rate = newRate;
        framesBefore = 0;
        running = false;
    }

    /** Runs from now on. */
    public void start(long nowNanos) {
        startNanos = nowNanos;
        running = true;
    }

    /** Stands from now on. */
    public void stop(long nowNanos) {
        framesBefore = frames(nowNanos);
        running = false;
    }

    /** Whole frames moved until now. */
    public long frames(long nowNanos) {
        return running
                ? framesBefore + FrameTime.frames(Math.max(0, nowNanos - startNanos), rate)
                : framesBefore;
    }

    /**
     * The instant at which this many frames will have moved; {@link Long#MAX_VALUE} if it stands.
     */
    public long nanosAt(long frames) {
        if (!running) {
            return Long.MAX_VALUE;
        }
        return startNanos + FrameTime.nanos(Math.max(0, frames - framesBefore), rate);
    }

    /** The instant at which frame 0 moved or would have, if it had run without a stop. */
    public long originNanos() {
        return startNanos - FrameTime.nanos(framesBefore, rate);
    }
}
