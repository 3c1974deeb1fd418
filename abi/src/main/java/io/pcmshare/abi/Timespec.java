package io.pcmshare.abi;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/**
 * View of {@code struct timespec}. Kernel: sound/asound.h, {@code struct __snd_timespec} (two
 * {@code s32}) and {@code struct __snd_timespec64} (two {@code s64}), protocol 2.0.15.
 */
public final class Timespec {
    /** The layout of {@link DataModel#LP64}, 16 bytes. */
    public static final StructLayout LAYOUT = struct(ValueLayout.JAVA_LONG);

    private static final StructLayout TIME32 = struct(ValueLayout.JAVA_INT);
    private static final StructLayout I386_TIME64 =
            struct(ValueLayout.JAVA_LONG.withByteAlignment(4));
    private static final TimespecField SELF = new TimespecField(new PerModel(0, 0, 0));

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public Timespec(MemorySegment segment, DataModel model) {
        this.segment = segment.asSlice(0, layout(model).byteSize());
        this.model = model;
    }

    /** The layout in a program of that model: 16, 8 or 16 bytes. */
    public static StructLayout layout(DataModel model) {
        return switch (model) {
            case LP64 -> LAYOUT;
            case ILP32 -> TIME32;
            case ILP32_TIME64 -> I386_TIME64;
        };
    }

    /** Whole seconds. */
    public long seconds() {
        return SELF.seconds(segment, model);
    }

    /** Nanoseconds past {@link #seconds()}. */
    public long nanosOfSecond() {
        return SELF.nanosOfSecond(segment, model);
    }

    /** The whole time in nanoseconds. */
    public long nanos() {
        return SELF.nanos(segment, model);
    }

    /** Stores a time given in nanoseconds. */
    public void nanos(long nanos) {
        SELF.nanos(segment, model, nanos);
    }

    /** Stores a time given in seconds and the nanoseconds past them. */
    public void set(long seconds, long nanosOfSecond) {
        SELF.set(segment, model, seconds, nanosOfSecond);
    }

    private static StructLayout struct(ValueLayout half) {
        return MemoryLayout.structLayout(half.withName("tv_sec"), half.withName("tv_nsec"))
                .withName("timespec");
    }
}
