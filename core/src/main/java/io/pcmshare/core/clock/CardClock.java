package io.pcmshare.core.clock;

/**
 * The time that a card runs by, in nanoseconds.
 *
 * <p>Threads: any. Reads are cheap and allocate nothing.
 */
public interface CardClock {
    /** Nanoseconds of the monotonic clock; what positions are computed from. */
    long monotonicNanos();

    /**
     * Nanoseconds that everybody has lived through: the monotonic clock without what was skipped
     * because the samples were there ({@link io.pcmshare.core.pcm.Lockstep}). Patience is measured
     * in it: a call must not fail for a wait that nobody had.
     */
    default long livedNanos() {
        return monotonicNanos();
    }

    /** Nanoseconds since the epoch, {@code CLOCK_REALTIME}. */
    long realtimeNanos();

    /** Nanoseconds of the clock that nobody adjusts, {@code CLOCK_MONOTONIC_RAW}. */
    long monotonicRawNanos();
}
