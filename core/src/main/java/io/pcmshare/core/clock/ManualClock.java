package io.pcmshare.core.clock;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that stands still until somebody moves it: a test by hand, or {@link
 * io.pcmshare.core.pcm.Lockstep} as fast as the clients feed and drain their rings.
 *
 * <p>Threads: one writer, any readers.
 */
public final class ManualClock implements CardClock {
    private final long epochNanos;
    private final AtomicLong nowNanos = new AtomicLong();
    private final AtomicLong skippedNanos = new AtomicLong();

    /**
     * Starts at a time.
     *
     * @param startNanos first value of the monotonic clocks
     * @param epochNanos the wall-clock time that it stands for
     */
    public ManualClock(long startNanos, long epochNanos) {
        this.nowNanos.set(startNanos);
        this.epochNanos = epochNanos - startNanos;
    }

    /** Starts at one second, so that no time-stamp is zero by accident. */
    public ManualClock() {
        this(1_000_000_000L, 1_000_000_000_000_000_000L);
    }

    /** Lets time pass; everybody lives through it. */
    public void advance(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("nanos=" + nanos);
        }
        nowNanos.addAndGet(nanos);
    }

    /**
     * Skips to an instant: time in which nobody could do anything, so that it is nobody's wait; see
     * {@link #livedNanos()}. An instant in the past changes nothing.
     */
    public void advanceTo(long instantNanos) {
        long skipped = Math.max(0, instantNanos - nowNanos.get());
        skippedNanos.addAndGet(skipped);
        nowNanos.addAndGet(skipped);
    }

    @Override
    public long livedNanos() {
        return nowNanos.get() - skippedNanos.get();
    }

    @Override
    public long monotonicNanos() {
        return nowNanos.get();
    }

    @Override
    public long realtimeNanos() {
        return nowNanos.get() + epochNanos;
    }

    @Override
    public long monotonicRawNanos() {
        return nowNanos.get();
    }
}
