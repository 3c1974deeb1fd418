package io.pcmshare.core.params;

import static io.pcmshare.core.params.Interval.UINT_MAX;

/**
 * Products and quotients of intervals, as exact as integers allow: a lower end is rounded down, an
 * upper end up, and a rounded end is open, because the true bound lies strictly inside.
 *
 * <p>Results saturate at {@code 2^32-1}; a division by an interval that reaches zero has no upper
 * bound. Kernel: sound/core/pcm_lib.c, snd_interval_mul(), _div(), _muldivk(), _mulkdiv().
 */
final class IntervalMath {
    private IntervalMath() {}

    /** {@code out = a * b}. */
    static void multiply(Interval a, Interval b, Interval out) {
        out.set(
                saturate(a.min() * b.min()),
                saturate(a.max() * b.max()),
                a.openMin() || b.openMin(),
                a.openMax() || b.openMax(),
                a.integer() && b.integer(),
                false);
    }

    /** {@code out = a / b}. */
    static void divide(Interval a, Interval b, Interval out) {
        multiplyDivide(a, 1, b, out);
    }

    /** {@code out = a * b / k}. */
    static void multiplyScale(Interval a, Interval b, long k, Interval out) {
        long low = a.min() * b.min();
        long high = a.max() * b.max();
        boolean openLow = a.openMin() || b.openMin();
        boolean openHigh = a.openMax() || b.openMax();
        assign(out, low, k, openLow, high, k, openHigh);
    }

    /** {@code out = a * k / b}. */
    static void multiplyDivide(Interval a, long k, Interval b, Interval out) {
        long low = a.min() * k;
        long high = a.max() * k;
        boolean openLow = a.openMin() || b.openMax();
        boolean openHigh = b.min() > 0 && (a.openMax() || b.openMin());
        assign(out, low, b.max(), openLow, high, b.min(), openHigh);
    }

    /** Ends {@code low/lowBy} rounded down and {@code high/highBy} rounded up. All unsigned. */
    private static void assign(
            Interval out,
            long low,
            long lowBy,
            boolean openLow,
            long high,
            long highBy,
            boolean openHigh) {
        long min = quotient(low, lowBy);
        boolean minRounded = isRounded(low, lowBy, min);
        long max = quotient(high, highBy);
        boolean maxRounded = isRounded(high, highBy, max);
        out.set(
                min,
                maxRounded ? max + 1 : max,
                openLow || minRounded,
                openHigh || maxRounded,
                false,
                false);
    }

    private static long quotient(long dividend, long divisor) {
        return divisor == 0 ? UINT_MAX : saturate(Long.divideUnsigned(dividend, divisor));
    }

    private static boolean isRounded(long dividend, long divisor, long quotient) {
        return divisor != 0
                && quotient != UINT_MAX
                && Long.remainderUnsigned(dividend, divisor) != 0;
    }

    private static long saturate(long unsigned) {
        return Long.compareUnsigned(unsigned, UINT_MAX) > 0 ? UINT_MAX : unsigned;
    }
}
