package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code struct msghdr} with one piece of memory and room for descriptors. Kernel: linux/socket.h,
 * struct user_msghdr and struct cmsghdr; net/scm.h, SCM_MAX_FD.
 */
final class SocketMessage {
    static final int MAX_FDS = 253;

    static final StructLayout HEADER =
            MemoryLayout.structLayout(
                    JAVA_LONG.withName("msg_name"),
                    JAVA_INT.withName("msg_namelen"),
                    MemoryLayout.paddingLayout(4),
                    JAVA_LONG.withName("msg_iov"),
                    JAVA_LONG.withName("msg_iovlen"),
                    JAVA_LONG.withName("msg_control"),
                    JAVA_LONG.withName("msg_controllen"),
                    JAVA_INT.withName("msg_flags"),
                    MemoryLayout.paddingLayout(4));
    static final StructLayout CONTROL =
            MemoryLayout.structLayout(
                    JAVA_LONG.withName("cmsg_len"),
                    JAVA_INT.withName("cmsg_level"),
                    JAVA_INT.withName("cmsg_type"));

    private static final VarHandle IOV = of(HEADER, "msg_iov");
    private static final VarHandle IOVLEN = of(HEADER, "msg_iovlen");
    private static final VarHandle CONTROL_ADDRESS = of(HEADER, "msg_control");
    private static final VarHandle CONTROL_LENGTH = of(HEADER, "msg_controllen");
    private static final VarHandle FLAGS = of(HEADER, "msg_flags");
    private static final VarHandle CMSG_LEN = of(CONTROL, "cmsg_len");
    private static final VarHandle CMSG_LEVEL = of(CONTROL, "cmsg_level");
    private static final VarHandle CMSG_TYPE = of(CONTROL, "cmsg_type");
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_CTRUNC = 0x8;
    private static final int MSG_TRUNC = 0x20;

    private final MemorySegment header;
    private final MemorySegment control;
    private final IoVector vector;

    SocketMessage(Arena arena) {
        header = arena.allocate(HEADER);
        control = arena.allocate(aligned(controlBytes(MAX_FDS)), Long.BYTES);
        vector = new IoVector(arena);
    }

    /** Prepares for sending and answers the address to pass. */
    long send(long bytes, long length, Fd[] fds) {
        long controlLength = 0;
        if (fds.length > 0) {
            controlLength = controlBytes(fds.length);
            CMSG_LEN.set(control, 0L, controlLength);
            CMSG_LEVEL.set(control, 0L, SOL_SOCKET);
            CMSG_TYPE.set(control, 0L, SCM_RIGHTS);
            for (int i = 0; i < fds.length; i++) {
                control.set(JAVA_INT, controlBytes(i), fds[i].number());
            }
        }
        return set(bytes, length, controlLength);
    }

    /** Prepares for receiving and answers the address to pass. */
    long receive(long bytes, long length) {
        return set(bytes, length, control.byteSize());
    }

    private long set(long bytes, long length, long controlLength) {
        IOV.set(header, 0L, vector.set(bytes, length));
        IOVLEN.set(header, 0L, 1L);
        CONTROL_ADDRESS.set(header, 0L, controlLength == 0 ? 0L : control.address());
        CONTROL_LENGTH.set(header, 0L, controlLength);
        FLAGS.set(header, 0L, 0);
        return header.address();
    }

    /** Whether bytes or descriptors of the message just received had no room. */
    boolean truncated() {
        return ((int) FLAGS.get(header, 0L) & (MSG_CTRUNC | MSG_TRUNC)) != 0;
    }

    /** Becomes the owner of the descriptors in the message just received. */
    List<Fd> takeFds() {
        List<Fd> fds = new ArrayList<>();
        long end = (long) CONTROL_LENGTH.get(header, 0L);
        for (long at = 0; at + CONTROL.byteSize() <= end; ) {
            long length = (long) CMSG_LEN.get(control, at);
            boolean rights =
                    (int) CMSG_LEVEL.get(control, at) == SOL_SOCKET
                            && (int) CMSG_TYPE.get(control, at) == SCM_RIGHTS;
            for (int i = 0; rights && controlBytes(i + 1) <= length; i++) {
                fds.add(Fd.take(control.get(JAVA_INT, at + controlBytes(i))));
            }
            at += aligned(length);
        }
        return fds;
    }

    /** CMSG_LEN of so many descriptors. */
    private static long controlBytes(int fds) {
        return CONTROL.byteSize() + (long) fds * Integer.BYTES;
    }

    private static long aligned(long bytes) {
        return (bytes + Long.BYTES - 1) & -Long.BYTES;
    }

    private static VarHandle of(StructLayout layout, String field) {
        return layout.varHandle(MemoryLayout.PathElement.groupElement(field));
    }
}
