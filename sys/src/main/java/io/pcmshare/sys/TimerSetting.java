package io.pcmshare.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** View of {@code struct __kernel_itimerspec}. Kernel: uapi/linux/time_types.h. */
final class TimerSetting {
    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    Timespec.LAYOUT.withName("it_interval"), Timespec.LAYOUT.withName("it_value"));

    private final MemorySegment segment;
    private final Timespec interval;
    private final Timespec value;

    TimerSetting(Arena arena) {
        segment = arena.allocate(LAYOUT);
        interval = new Timespec(part("it_interval"));
        value = new Timespec(part("it_value"));
    }

    private MemorySegment part(String name) {
        return segment.asSlice(
                LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement(name)), Timespec.LAYOUT);
    }

    /** Stores both and answers the address to pass. */
    long set(long intervalNanos, long valueNanos) {
        var _ = interval.set(intervalNanos);
        var _ = value.set(valueNanos);
        return segment.address();
    }
}
