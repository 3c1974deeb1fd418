package io.pcmshare.abi;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** A {@code struct timespec} inside another struct. */
record TimespecField(PerModel offset) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The whole time in nanoseconds; wraps in the year 2262. */
    long nanos(MemorySegment segment, DataModel model) {
        return seconds(segment, model) * NANOS_PER_SECOND + nanosOfSecond(segment, model);
    }

    void nanos(MemorySegment segment, DataModel model, long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        set(segment, model, seconds, nanos - seconds * NANOS_PER_SECOND);
    }

    long seconds(MemorySegment segment, DataModel model) {
        return read(segment, model, offset.get(model));
    }

    long nanosOfSecond(MemorySegment segment, DataModel model) {
        return read(segment, model, offset.get(model) + model.timeBytes());
    }

    void set(MemorySegment segment, DataModel model, long seconds, long nanosOfSecond) {
        long at = offset.get(model);
        if (model.timeBytes() == Long.BYTES) {
            segment.set(JAVA_LONG_UNALIGNED, at, seconds);
            segment.set(JAVA_LONG_UNALIGNED, at + Long.BYTES, nanosOfSecond);
        } else {
            segment.set(JAVA_INT_UNALIGNED, at, (int) seconds);
            segment.set(JAVA_INT_UNALIGNED, at + Integer.BYTES, (int) nanosOfSecond);
        }
    }

    private static long read(MemorySegment segment, DataModel model, long at) {
        return model.timeBytes() == Long.BYTES
                ? segment.get(JAVA_LONG_UNALIGNED, at)
                : segment.get(JAVA_INT_UNALIGNED, at);
    }
}
