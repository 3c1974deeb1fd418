package io.pcmshare.core.params;

import io.pcmshare.abi.Errno;

/**
 * A range of unsigned 32-bit numbers whose ends may be open and which may be restricted to
 * integers. Kernel: uapi/sound/asound.h, {@code struct snd_interval}.
 *
 * <p>Mutable, because refinement narrows it in place many times per call. Narrowing methods answer
 * {@link #SAME}, {@link #CHANGED} or a negated errno.
 */
public final class Interval {
    /** Nothing was narrowed. */
    public static final int SAME = 0;

    /** Something was narrowed. */
    public static final int CHANGED = 1;

    /** The largest end an interval can have. */
    public static final long UINT_MAX = 0xFFFF_FFFFL;

    private static final int EMPTY = Errno.EINVAL.negated();

    private long min;
    private long max;
    private boolean openMin;
    private boolean openMax;
    private boolean integer;
    private boolean empty;

    /** Everything: {@code [0, 2^32-1]}. */
    public Interval() {
        setAny();
    }

    /** Everything: {@code [0, 2^32-1]}, not only integers. */
    public void setAny() {
        set(0, UINT_MAX, false, false, false, false);
    }

    /** The closed range {@code [min, max]}, not only integers. */
    public void setRange(long min, long max) {
        set(min, max, false, false, false, false);
    }

    /** One integer. */
    public void setValue(long value) {
        set(value, value, false, false, true, false);
    }

    /** All fields at once, unchecked: what a caller hands over is checked when it is refined. */
    public void set(
            long min, long max, boolean openMin, boolean openMax, boolean integer, boolean empty) {
        this.min = min;
        this.max = max;
        this.openMin = openMin;
        this.openMax = openMax;
        this.integer = integer;
        this.empty = empty;
    }

    /** Takes over all fields of another interval. */
    public void set(Interval other) {
        set(other.min, other.max, other.openMin, other.openMax, other.integer, other.empty);
    }

    /** Lower end. */
    public long min() {
        return min;
    }

    /** Upper end. */
    public long max() {
        return max;
    }

    /** Whether {@link #min()} itself is excluded. */
    public boolean openMin() {
        return openMin;
    }

    /** Whether {@link #max()} itself is excluded. */
    public boolean openMax() {
        return openMax;
    }

    /** Whether only integers belong to it. */
    public boolean integer() {
        return integer;
    }

    /** Whether it was found to hold nothing. */
    public boolean empty() {
        return empty;
    }

    /** Whether one integer is left: {@code [n, n]}, or a gap of one with an open end. */
    public boolean isSingle() {
        return min == max || (min + 1 == max && (openMin || openMax));
    }

    /** The integer that {@link #isSingle()} speaks of. */
    public long value() {
        return openMin && !openMax ? max : min;
    }

    /** Whether {@code value} lies inside. */
    public boolean contains(long value) {
        boolean aboveMin = openMin ? value > min : value >= min;
        boolean belowMax = openMax ? value < max : value <= max;
        return aboveMin && belowMax;
    }

    /** Restricts to integers. */
    public int restrictToIntegers() {
        if (integer) {
            return SAME;
        }
        integer = true;
        return settle(true);
    }

    /** Narrows to what lies in {@code other} as well. Kernel: snd_interval_refine(). */
    public int refine(Interval other) {
        if (empty) {
            return EMPTY;
        }
        boolean changed = false;
        if (other.min > min || (other.min == min && other.openMin && !openMin)) {
            min = other.min;
            openMin = other.openMin;
            changed = true;
        }
        if (other.max < max || (other.max == max && other.openMax && !openMax)) {
            max = other.max;
            openMax = other.openMax;
            changed = true;
        }
        if (other.integer && !integer) {
            integer = true;
            changed = true;
        }
        return settle(changed);
    }

    /** Narrows to the lowest member. Kernel: snd_interval_refine_first(). */
    public int refineFirst() {
        if (empty) {
            return EMPTY;
        }
        if (isSingle()) {
            return SAME;
        }
        long oldMax = max;
        max = openMin ? min + 1 : min;
        openMax = openMax && max >= oldMax;
        return CHANGED;
    }

    /** Narrows to the highest member. Kernel: snd_interval_refine_last(). */
    public int refineLast() {
        if (empty) {
            return EMPTY;
        }
        if (isSingle()) {
            return SAME;
        }
        long oldMin = min;
        min = openMax ? max - 1 : max;
        openMin = openMin && min <= oldMin;
        return CHANGED;
    }

    /**
     * Brings the ends to integers where only those count, and finds out whether nothing is left.
     */
    private int settle(boolean changed) {
        if (integer) {
            if (openMin) {
                min++;
                openMin = false;
            }
            if (openMax) {
                max--;
                openMax = false;
            }
        } else if (!openMin && !openMax && min == max) {
            integer = true;
        }
        if (min > max || (min == max && (openMin || openMax))) {
            empty = true;
            return EMPTY;
        }
        return changed ? CHANGED : SAME;
    }

    @Override
    public String toString() {
        return (openMin ? "(" : "[")
                + min
                + " "
                + max
                + (openMax ? ")" : "]")
                + (integer ? " integer" : "")
                + (empty ? " empty" : "");
    }
}
