package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/** View of {@code struct __kernel_timespec}. Kernel: uapi/linux/time_types.h. */
final class Timespec {
    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(JAVA_LONG.withName("tv_sec"), JAVA_LONG.withName("tv_nsec"));
    private static final VarHandle SEC =
            LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("tv_sec"));
    private static final VarHandle NSEC =
            LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("tv_nsec"));
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final MemorySegment segment;

    Timespec(Arena arena) {
        this(arena.allocate(LAYOUT));
    }

    Timespec(MemorySegment segment) {
        this.segment = segment.asSlice(0, LAYOUT);
    }

    /** Stores a time and answers the address to pass; of a negative time, zero. */
    long set(long nanos) {
        long time = Math.max(nanos, 0);
        SEC.set(segment, 0L, time / NANOS_PER_SECOND);
        NSEC.set(segment, 0L, time % NANOS_PER_SECOND);
        return address();
    }

    long nanos() {
        return (long) SEC.get(segment, 0L) * NANOS_PER_SECOND + (long) NSEC.get(segment, 0L);
    }

    long address() {
        return segment.address();
    }
}
