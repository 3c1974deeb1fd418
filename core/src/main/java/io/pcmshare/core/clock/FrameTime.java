package io.pcmshare.core.clock;

/**
 * Frames and nanoseconds of one rate, converted without drift: whole seconds and the rest apart, so
 * that neither overflow nor rounding adds up.
 */
public final class FrameTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private FrameTime() {}

    /**
     * Whole frames that pass in a time.
     *
     * @param nanos duration, at least 0
     * @param rate frames a second
     */
    public static long frames(long nanos, long rate) {
        long seconds = nanos / NANOS_PER_SECOND;
        long rest = nanos % NANOS_PER_SECOND;
        return seconds * rate + rest * rate / NANOS_PER_SECOND;
    }

    /**
     * Nanoseconds that a number of frames lasts, rounded down: an audio time-stamp.
     *
     * @param frames at least 0
     * @param rate frames a second
     */
    public static long nanosDown(long frames, long rate) {
        return frames / rate * NANOS_PER_SECOND + frames % rate * NANOS_PER_SECOND / rate;
    }

    /**
     * The shortest time in which this many frames pass, rounded up, so that waiting for it is never
     * too short.
     *
     * @param frames at least 0
     * @param rate frames a second
     */
    public static long nanos(long frames, long rate) {
        long seconds = frames / rate;
        long rest = frames % rate;
        return seconds * NANOS_PER_SECOND + Math.ceilDiv(rest * NANOS_PER_SECOND, rate);
    }
}
