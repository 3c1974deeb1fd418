package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemInfo;
import io.pcmshare.abi.CtlElemType;
import io.pcmshare.abi.CtlElemValue;
import io.pcmshare.abi.Errno;

import java.util.Arrays;

/**
 * An element that keeps what was written: the data-driven elements of our cards.
 *
 * <p>Threads: under the lock of the set.
 */
public final class StoredControl implements ControlOps {
    /** What becomes of a value out of range. */
    public enum OutOfRange {
        /** The nearest that is in range. */
        CLAMP,
        /** The same, of the value as 32 bits without a sign. */
        CLAMP_UNSIGNED,
        /** Its lowest bit. */
        LOW_BIT,
        /** 1 for whatever is not 0. */
        TRUTH,
        /** {@code EINVAL}. */
        REFUSE
    }

    /** When a write counts as a change. */
    public enum Change {
        /** Any value differs. */
        ANY,
        /** Every value differs; so snd-dummy's capture switches. */
        EVERY
    }

    private final ElemShape shape;
    private final OutOfRange outOfRange;
    private final Change change;
    private final long[] values;
    private Runnable onChange = () -> {};

    /**
     * An element.
     *
     * @param initial what every value is at first
     */
    public StoredControl(ElemShape shape, OutOfRange outOfRange, Change change, long initial) {
        this.shape = shape;
        this.outOfRange = outOfRange;
        this.change = change;
        this.values = new long[shape.count()];
        Arrays.fill(values, initial);
    }

    /** The same, where any value that differs is a change. */
    public StoredControl(ElemShape shape, OutOfRange outOfRange, long initial) {
        this(shape, outOfRange, Change.ANY, initial);
    }

    /** Sets who is told of a change. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    /** One of its values. */
    public long value(int index) {
        return values[index];
    }

    /** Changes a value from inside, past its range; the caller tells subscribers. */
    public void value(int index, long value) {
        values[index] = value;
    }

    @Override
    public void info(int offset, CtlElemInfo info) {
        shape.store(info);
    }

    @Override
    public int get(int offset, CtlElemValue value) {
        for (int i = 0; i < values.length; i++) {
            if (isEnumerated()) {
                value.item(i, (int) values[i]);
            } else {
                value.integer(i, values[i]);
            }
        }
        return 0;
    }

    @Override
    public int put(int offset, CtlElemValue value) {
        long[] wanted = new long[values.length];
        for (int i = 0; i < wanted.length; i++) {
            long given = isEnumerated() ? Integer.toUnsignedLong(value.item(i)) : value.integer(i);
            wanted[i] =
                    switch (outOfRange) {
                        case CLAMP -> Math.clamp(given, shape.min(), shape.max());
                        case CLAMP_UNSIGNED ->
                                Math.clamp(given & 0xffff_ffffL, shape.min(), shape.max());
                        case LOW_BIT -> given & 1;
                        case TRUTH -> given == 0 ? 0 : 1;
                        case REFUSE -> given;
                    };
            if (wanted[i] < shape.min() || wanted[i] > shape.max()) {
                return Errno.EINVAL.negated();
            }
        }
        return take(wanted);
    }

    private int take(long[] wanted) {
        int differing = 0;
        for (int i = 0; i < wanted.length; i++) {
            differing += wanted[i] == values[i] ? 0 : 1;
            values[i] = wanted[i];
        }
        if (differing > 0) {
            onChange.run();
        }
        return differing >= (change == Change.EVERY ? wanted.length : 1) ? 1 : 0;
    }

    private boolean isEnumerated() {
        return shape.type() == CtlElemType.ENUMERATED;
    }
}
