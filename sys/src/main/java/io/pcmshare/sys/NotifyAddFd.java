package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/** View of {@code struct seccomp_notif_addfd}. Kernel: uapi/linux/seccomp.h. */
final class NotifyAddFd {
    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_LONG.withName("id"),
                    JAVA_INT.withName("flags"),
                    JAVA_INT.withName("srcfd"),
                    JAVA_INT.withName("newfd"),
                    JAVA_INT.withName("newfd_flags"));
    private static final VarHandle ID = LAYOUT.varHandle(PathElement.groupElement("id"));
    private static final VarHandle FLAGS = LAYOUT.varHandle(PathElement.groupElement("flags"));
    private static final VarHandle SRCFD = LAYOUT.varHandle(PathElement.groupElement("srcfd"));
    private static final VarHandle NEWFD = LAYOUT.varHandle(PathElement.groupElement("newfd"));
    private static final VarHandle NEWFD_FLAGS =
            LAYOUT.varHandle(PathElement.groupElement("newfd_flags"));

    private final MemorySegment segment;

    NotifyAddFd(Arena arena) {
        segment = arena.allocate(LAYOUT);
    }

    /** Stores a request and answers the address to pass. */
    long set(long id, int flags, int source, int target, int targetFlags) {
        ID.set(segment, 0L, id);
        FLAGS.set(segment, 0L, flags);
        SRCFD.set(segment, 0L, source);
        NEWFD.set(segment, 0L, target);
        NEWFD_FLAGS.set(segment, 0L, targetFlags);
        return segment.address();
    }
}
