package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/** View of {@code struct iovec}. Kernel: uapi/linux/uio.h. */
final class IoVector {
    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_LONG.withName("iov_base"), JAVA_LONG.withName("iov_len"));
    private static final VarHandle BASE =
            LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("iov_base"));
    private static final VarHandle LEN =
            LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("iov_len"));

    private final MemorySegment segment;

    IoVector(Arena arena) {
        this.segment = arena.allocate(LAYOUT);
    }

    /** Stores one piece of memory and answers the address to pass. */
    long set(long base, long bytes) {
        BASE.set(segment, 0L, base);
        LEN.set(segment, 0L, bytes);
        return segment.address();
    }
}
