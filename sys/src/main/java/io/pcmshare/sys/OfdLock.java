package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/**
 * A lock that belongs to an open file, whatever process has it: it goes when the last descriptor
 * and the last mapping of that open file are gone, and so tells of a file given away whether it is
 * still in use. Man page: fcntl_locking(2), F_OFD_SETLK.
 *
 * <p>Works on files, memfds and pipes alike. {@link KernelLocks} looks which of them are left.
 */
public final class OfdLock {
    // Kernel: uapi/asm-generic/fcntl.h
    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final short F_RDLCK = 0;
    private static final short F_WRLCK = 1;
    private static final short F_UNLCK = 2;

    /** {@code struct flock} of 64-bit programs. */
    private static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_SHORT.withName("l_type"),
                    JAVA_SHORT.withName("l_whence"),
                    MemoryLayout.paddingLayout(4),
                    JAVA_LONG.withName("l_start"),
                    JAVA_LONG.withName("l_len"),
                    JAVA_INT.withName("l_pid"),
                    MemoryLayout.paddingLayout(4));

    private static final VarHandle TYPE = LAYOUT.varHandle(PathElement.groupElement("l_type"));
    private static final VarHandle START = LAYOUT.varHandle(PathElement.groupElement("l_start"));
    private static final VarHandle LEN = LAYOUT.varHandle(PathElement.groupElement("l_len"));

    private OfdLock() {}

    /**
     * Marks an open file that can be read; others may hold the same byte as well.
     *
     * @param start which byte, whether the file is that long or not
     */
    public static void markReadable(Fd fd, long start) throws ErrnoException {
        set(fd, F_RDLCK, start);
    }

    /** Marks an open file that can be written; nobody else can then have that byte. */
    public static void markWritable(Fd fd, long start) throws ErrnoException {
        set(fd, F_WRLCK, start);
    }

    /**
     * Whether another open file of the same file has this byte: asks for this one, where {@link
     * KernelLocks} lists all but may miss some.
     *
     * @param fd an open file without that mark
     */
    public static boolean isMarkedByOther(Fd fd, long start) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment flock = arena.allocate(LAYOUT);
            TYPE.set(flock, 0L, F_WRLCK);
            START.set(flock, 0L, start);
            LEN.set(flock, 0L, 1L);
            fd.fcntl("F_OFD_GETLK", F_OFD_GETLK, flock.address());
            return (short) TYPE.get(flock, 0L) != F_UNLCK;
        }
    }

    /** The same, and true where it cannot be asked: what may be in use is kept. */
    public static boolean isMarkedOrUnknown(Fd fd, long start) {
        try {
            return isMarkedByOther(fd, start);
        } catch (ErrnoException unknown) {
            return true;
        }
    }

    private static void set(Fd fd, short type, long start) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment flock = arena.allocate(LAYOUT);
            TYPE.set(flock, 0L, type);
            START.set(flock, 0L, start);
            LEN.set(flock, 0L, 1L);
            fd.fcntl("F_OFD_SETLK", F_OFD_SETLK, flock.address());
        }
    }
}
