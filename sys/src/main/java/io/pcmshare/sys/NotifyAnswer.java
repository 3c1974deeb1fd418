package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/** View of {@code struct seccomp_notif_resp}. Kernel: uapi/linux/seccomp.h. */
final class NotifyAnswer {
    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_LONG.withName("id"),
                    JAVA_LONG.withName("val"),
                    JAVA_INT.withName("error"),
                    JAVA_INT.withName("flags"));
    private static final VarHandle ID = LAYOUT.varHandle(PathElement.groupElement("id"));
    private static final VarHandle VAL = LAYOUT.varHandle(PathElement.groupElement("val"));
    private static final VarHandle ERROR = LAYOUT.varHandle(PathElement.groupElement("error"));
    private static final VarHandle FLAGS = LAYOUT.varHandle(PathElement.groupElement("flags"));

    private final MemorySegment segment;

    NotifyAnswer(Arena arena) {
        segment = arena.allocate(LAYOUT);
    }

    /** Stores an answer and answers the address to pass. */
    long set(long id, long value, int error, int flags) {
        ID.set(segment, 0L, id);
        VAL.set(segment, 0L, value);
        ERROR.set(segment, 0L, error);
        FLAGS.set(segment, 0L, flags);
        return segment.address();
    }
}
