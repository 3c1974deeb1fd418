package io.pcmshare.server.measure;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongConsumer;

/**
 * Numbers on their way from one thread to another. One that finds no room is lost, and counted.
 *
 * <p>Threads: one adds, allocating nothing and waiting for nobody; one other takes.
 */
public final class SampleRing implements LongConsumer {
    /** A power of two: half a minute of passes. */
    private static final int CAPACITY = 8192;

    private static final VarHandle ADDED;
    private static final VarHandle TAKEN;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ADDED = lookup.findVarHandle(SampleRing.class, "added", long.class);
            TAKEN = lookup.findVarHandle(SampleRing.class, "taken", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] values = new long[CAPACITY];

    /** Written by the one who adds. */
    private long added;

    /** Written by the one who takes. */
    private long taken;

    private volatile long lost;

    /** An empty ring. */
    public SampleRing() {}

    /** Adds a number. */
    @Override
    public void accept(long value) {
        long at = added;
        // acquire: the place was read before it is written again; pairs with takeAll()
        if (at - (long) TAKEN.getAcquire(this) == CAPACITY) {
            lose();
            return;
        }
        values[(int) (at & (CAPACITY - 1))] = value;
        // release: the number is there before it is counted
        ADDED.setRelease(this, at + 1);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
    private void lose() {
        lost++;
    }

    /** Takes all numbers that are there. */
    public void takeAll(LongConsumer to) {
        long end = (long) ADDED.getAcquire(this);
        for (long at = taken; at < end; at++) {
            to.accept(values[(int) (at & (CAPACITY - 1))]);
        }
        TAKEN.setRelease(this, end);
    }

    /** Numbers that found no room. */
    public long lost() {
        return lost;
    }
}
