package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/**
 * View of {@code struct seccomp_notif}: one call that waits for an answer. Kernel:
 * uapi/linux/seccomp.h.
 *
 * <p>Its arguments are copies of registers and cannot change; the memory they point to can.
 * Threads: one, that of the {@link SeccompNotify#receive} it was passed to.
 */
public final class SeccompNotification {
    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_LONG.withName("id"),
                    JAVA_INT.withName("pid"),
                    JAVA_INT.withName("flags"),
                    JAVA_INT.withName("nr"),
                    JAVA_INT.withName("arch"),
                    JAVA_LONG.withName("instruction_pointer"),
                    MemoryLayout.sequenceLayout(6, JAVA_LONG).withName("args"));
    private static final VarHandle ID = LAYOUT.varHandle(PathElement.groupElement("id"));
    private static final VarHandle PID = LAYOUT.varHandle(PathElement.groupElement("pid"));
    private static final VarHandle NR = LAYOUT.varHandle(PathElement.groupElement("nr"));
    private static final VarHandle ARCH = LAYOUT.varHandle(PathElement.groupElement("arch"));
    private static final VarHandle ARGS =
            LAYOUT.varHandle(PathElement.groupElement("args"), PathElement.sequenceElement());

    private static final long ARGS_OFFSET = LAYOUT.byteOffset(PathElement.groupElement("args"));

    private final MemorySegment segment = Arena.ofAuto().allocate(LAYOUT);

    /** Empty, to receive into again and again. */
    public SeccompNotification() {}

    /** The kernel wants zeros before it fills this; answers the address to pass. */
    long clear() {
        var _ = segment.fill((byte) 0);
        return segment.address();
    }

    /** Names this call in every answer. */
    public long id() {
        return (long) ID.get(segment, 0L);
    }

    /** The thread that called, a tid; 0 if it is in no process space of ours. */
    public int pid() {
        return (int) PID.get(segment, 0L);
    }

    /** The system call's number, of {@link #auditArch()}. */
    public int nr() {
        return (int) NR.get(segment, 0L);
    }

    /** As {@link Arch#auditArch()}. */
    public int auditArch() {
        return (int) ARCH.get(segment, 0L);
    }

    /** Copies all arguments, as {@link #argument}, at once. */
    public void arguments(long[] to) {
        MemorySegment.copy(segment, JAVA_LONG, ARGS_OFFSET, to, 0, to.length);
    }

    /** Argument 0 to 5, the whole register; 32-bit calls leave the upper half zero. */
    public long argument(int index) {
        return (long) ARGS.get(segment, 0L, (long) index);
    }
}
