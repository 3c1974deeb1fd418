package io.pcmshare.server;

/**
 * How often a client may send something: so many times a second, and as many at once. Threads: one.
 */
final class CallBudget {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long nanosPerCall;
    private final long mostNanos;
    private long savedNanos;
    private long lookedNanos;

    CallBudget(int callsPerSecond, long nowNanos) {
        this.nanosPerCall = NANOS_PER_SECOND / Math.max(1, callsPerSecond);
        this.mostNanos = NANOS_PER_SECOND;
        this.savedNanos = mostNanos;
        this.lookedNanos = nowNanos;
    }

    /** Whether one more is within the budget. */
    boolean take(long nowNanos) {
        savedNanos = Math.min(mostNanos, savedNanos + nowNanos - lookedNanos);
        lookedNanos = nowNanos;
        if (savedNanos < nanosPerCall) {
            return false;
        }
        savedNanos -= nanosPerCall;
        return true;
    }
}
