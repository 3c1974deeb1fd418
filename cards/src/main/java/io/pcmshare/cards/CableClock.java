package io.pcmshare.cards;

import io.pcmshare.core.ctl.LoopbackElements;

import java.util.function.IntSupplier;

/**
 * Frames that pass on a cable: its rate, stretched by {@code PCM Rate Shift 100000}.
 *
 * <p>A shift is taken over when somebody looks, from that instant on. As long as it stays the same
 * the count has no error that grows: it is computed from the start. Threads: under the card's lock.
 */
final class CableClock {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final IntSupplier wantedShift;
    private long rate = 1;
    private long shift = LoopbackElements.NO_SHIFT;
    private long startNanos;
    private long framesBefore;

    /**
     * A clock that was not started.
     *
     * @param wantedShift how long a frame takes, in hundred-thousandths of what the rate says
     */
    CableClock(IntSupplier wantedShift) {
        this.wantedShift = wantedShift;
    }

    /** Counts from 0 on, beginning now. */
    void start(long nowNanos, long newRate) {
        rate = newRate;
        shift = wantedShift.getAsInt();
        startNanos = nowNanos;
        framesBefore = 0;
    }

    /** Whole frames passed until now. */
    long frames(long nowNanos) {
        long wanted = wantedShift.getAsInt();
        if (wanted != shift) {
            framesBefore = count(nowNanos);
            startNanos = nowNanos;
            shift = wanted;
        }
        return count(nowNanos);
    }

    private long count(long nowNanos) {
        long nanos = Math.max(0, nowNanos - startNanos);
        long second = secondNanos();
        return framesBefore + nanos / second * rate + nanos % second * rate / second;
    }

    /** The first instant at which this many frames will have passed. */
    long nanosAt(long frames) {
        long more = Math.max(0, frames - framesBefore);
        long second = secondNanos();
        return startNanos + more / rate * second + Math.ceilDiv(more % rate * second, rate);
    }

    /** The time in which {@code rate} frames pass; whole, so that nothing is lost over time. */
    private long secondNanos() {
        return NANOS_PER_SECOND / LoopbackElements.NO_SHIFT * shift;
    }
}
