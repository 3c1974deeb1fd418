package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.pcmshare.abi.Errno;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.Optional;

/** Socket options. Man page: socket(7); kernel: uapi/asm-generic/socket.h. */
final class SocketOptions {
    static final int SOL_SOCKET = 1;
    static final int SO_RCVTIMEO = 20;
    static final int SO_SNDTIMEO = 21;

    private static final int SO_PEERCRED = 17;
    private static final int SO_PEERPIDFD = 77;
    private static final int SO_PASSRIGHTS = 83;
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    /** {@code struct __kernel_old_timeval}. Kernel: uapi/linux/time_types.h. */
    private static final StructLayout TIMEVAL =
            MemoryLayout.structLayout(JAVA_LONG.withName("tv_sec"), JAVA_LONG.withName("tv_usec"));

    private SocketOptions() {}

    /** Kernel: {@code SO_PASSRIGHTS}, 6.16; older ones answer {@code ENOPROTOOPT}. */
    static boolean refuseDescriptors(Fd fd) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment off = arena.allocateFrom(JAVA_INT, 0);
            long result =
                    Kernel.call(
                            Syscall.SETSOCKOPT,
                            fd.number(),
                            SOL_SOCKET,
                            SO_PASSRIGHTS,
                            off.address(),
                            Integer.BYTES,
                            0);
            if (result == Errno.ENOPROTOOPT.negated()) {
                return false;
            }
            ErrnoException.check("setsockopt", result, "SO_PASSRIGHTS=0");
            return true;
        }
    }

    static void setReceiveTimeout(Fd fd, long nanos) throws ErrnoException {
        setTimeout(fd, "SO_RCVTIMEO", SO_RCVTIMEO, nanos);
    }

    static void setSendTimeout(Fd fd, long nanos) throws ErrnoException {
        setTimeout(fd, "SO_SNDTIMEO", SO_SNDTIMEO, nanos);
    }

    private static void setTimeout(Fd fd, String name, int option, long nanos)
            throws ErrnoException {
        // rounded up: a limit that becomes 0 would be none
        long micros = Math.ceilDiv(nanos, NANOS_PER_MICRO);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(TIMEVAL);
            value.setAtIndex(JAVA_LONG, 0, micros / MICROS_PER_SECOND);
            value.setAtIndex(JAVA_LONG, 1, micros % MICROS_PER_SECOND);
            long result =
                    Kernel.call(
                            Syscall.SETSOCKOPT,
                            fd.number(),
                            SOL_SOCKET,
                            option,
                            value.address(),
                            TIMEVAL.byteSize(),
                            0);
            ErrnoException.check("setsockopt", result, name + "=" + nanos + " ns");
        }
    }

    static PeerCredentials peer(Fd fd) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT, 3);
            ErrnoException.check("getsockopt", get(fd, SO_PEERCRED, value), "SO_PEERCRED");
            return new PeerCredentials(
                    value.getAtIndex(JAVA_INT, 0),
                    value.getAtIndex(JAVA_INT, 1),
                    value.getAtIndex(JAVA_INT, 2));
        }
    }

    static Optional<Fd> peerPidFd(Fd fd) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            long result = get(fd, SO_PEERPIDFD, value);
            if (result == Errno.ENOPROTOOPT.negated()
                    || result == Errno.ENODATA.negated()
                    || result == Errno.ESRCH.negated()) {
                return Optional.empty();
            }
            ErrnoException.check("getsockopt", result, "SO_PEERPIDFD");
            return Optional.of(Fd.take(value.get(JAVA_INT, 0)));
        }
    }

    private static long get(Fd fd, int option, MemorySegment value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
            return Kernel.call(
                    Syscall.GETSOCKOPT,
                    fd.number(),
                    SOL_SOCKET,
                    option,
                    value.address(),
                    length.address(),
                    0);
        }
    }
}
