package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/** View of {@code struct pollfd}. Kernel: uapi/asm-generic/poll.h. */
final class PollEntry {
    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_INT.withName("fd"),
                    JAVA_SHORT.withName("events"),
                    JAVA_SHORT.withName("revents"));
    private static final VarHandle FD =
            LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("fd"));
    private static final VarHandle EVENTS =
            LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("events"));
    private static final VarHandle REVENTS =
            LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("revents"));

    private final MemorySegment segment;

    PollEntry(MemorySegment segment) {
        this.segment = segment.asSlice(0, LAYOUT);
    }

    void set(int fd, int events) {
        FD.set(segment, 0L, fd);
        EVENTS.set(segment, 0L, (short) events);
        REVENTS.set(segment, 0L, (short) 0);
    }

    int revents() {
        return (short) REVENTS.get(segment, 0L) & 0xffff;
    }

    long address() {
        return segment.address();
    }
}
