package io.pcmshare.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.nio.file.Path;

/**
 * A file descriptor with one owner, who closes it. Created close-on-exec.
 *
 * <p>Owns: the descriptor. Threads: any; a close while another thread is in a call on it is the
 * owner's mistake, the kernel may have given the number away by then.
 */
public final class Fd implements AutoCloseable {
    // Kernel: uapi/asm-generic/fcntl.h; those that differ between architectures are not here.
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_TRUNC = 0x200;
    public static final int O_APPEND = 0x400;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;

    static final int AT_FDCWD = -100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int LONGEST_LINK = 4096;
    private static final int SEEK_END = 2;
    private static final int CLOSED = -1;
    private static final VarHandle NUMBER;

    static {
        try {
            NUMBER = MethodHandles.lookup().findVarHandle(Fd.class, "number", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // Volatile, and exchanged by close(): it closes the number once, whoever calls.
    private volatile int number;

    private Fd(int number) {
        this.number = number;
    }

    /** Becomes the owner of an open descriptor. */
    public static Fd take(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("number=" + number);
        }
        return new Fd(number);
    }

    /** Opens an existing file. Man page: open(2). */
    public static Fd open(Path path, int flags) throws ErrnoException {
        return open(path.toString(), flags, 0);
    }

    /**
     * Opens a file, with {@link #O_CREAT} of this mode. Man page: open(2).
     *
     * @param mode permissions of a new file before the umask
     */
    public static Fd open(Path path, int flags, int mode) throws ErrnoException {
        return open(path.toString(), flags, mode);
    }

    /** As {@link #open(Path, int)}, without the price of a path. */
    static Fd open(String path, int flags) throws ErrnoException {
        return open(path, flags, 0);
    }

    private static Fd open(String path, int flags, int mode) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            long result =
                    Kernel.retry(
                            Syscall.OPENAT,
                            AT_FDCWD,
                            arena.allocateFrom(path).address(),
                            flags | O_CLOEXEC,
                            mode);
            return take((int) ErrnoException.check("openat", result, "path=" + path));
        }
    }

    /**
     * The number, for as long as the owner keeps it open.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public int number() {
        int current = number;
        if (current == CLOSED) {
            throw new IllegalStateException("descriptor is closed");
        }
        return current;
    }

    /** Whether {@link #close()} has not been called. */
    public boolean isOpen() {
        return number != CLOSED;
    }

    /** A second descriptor of the same open file. Man page: fcntl(2), F_DUPFD_CLOEXEC. */
    public Fd dup() throws ErrnoException {
        return take(fcntl("F_DUPFD_CLOEXEC", F_DUPFD_CLOEXEC, 0));
    }

    /** A new open file of the same inode, opened through {@code /proc/self/fd}. */
    public Fd reopen(int flags) throws ErrnoException {
        return open("/proc/self/fd/" + number(), flags, 0);
    }

    /** What {@code /proc/self/fd} says it is: a path, {@code pipe:[123]}, {@code /memfd:name}. */
    public String target() throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment link = arena.allocateFrom("/proc/self/fd/" + number());
            MemorySegment text = arena.allocate(LONGEST_LINK);
            long result =
                    Kernel.retry(
                            Syscall.READLINKAT,
                            AT_FDCWD,
                            link.address(),
                            text.address(),
                            LONGEST_LINK - 1);
            ErrnoException.check("readlinkat", result, "fd=" + number());
            return text.getString(0); // allocated as zeros, hence terminated
        }
    }

    /** The inode number; with anonymous files it tells one open file from another. */
    public long inode() throws ErrnoException {
        return id().inode();
    }

    /**
     * The size in bytes of a regular file or memfd, by seeking to its end: a confined process may
     * do that, and may not ask for a status. Moves the file's offset.
     */
    public long size() throws ErrnoException {
        long end = Kernel.retry(Syscall.LSEEK, number(), 0, SEEK_END);
        return ErrnoException.check("lseek", end, "fd=" + number());
    }

    /** Which file it is of. */
    public FileId id() throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(Statx.LAYOUT);
            long result =
                    Kernel.retry(
                            Syscall.STATX,
                            number(),
                            arena.allocateFrom("").address(),
                            AT_EMPTY_PATH,
                            Statx.BASIC_STATS,
                            status.address(),
                            0);
            ErrnoException.check("statx", result, "fd=" + number());
            return Statx.id(status);
        }
    }

    /** Access mode and status flags of the open file. Man page: fcntl(2), F_GETFL. */
    public int getFlags() throws ErrnoException {
        return fcntl("F_GETFL", F_GETFL, 0);
    }

    /** Changes the status flags, for all who share the open file. Man page: fcntl(2), F_SETFL. */
    public void setFlags(int flags) throws ErrnoException {
        fcntl("F_SETFL", F_SETFL, flags);
    }

    int fcntl(String command, int code, long argument) throws ErrnoException {
        long result = Kernel.retry(Syscall.FCNTL, number(), code, argument);
        if (result < 0) {
            throw new ErrnoException(
                    "fcntl", result, "fd=" + number() + ", " + command + "=" + argument);
        }
        return (int) result;
    }

    /** Sets the file's size. Man page: ftruncate(2). */
    public void truncate(long bytes) throws ErrnoException {
        long result = Kernel.retry(Syscall.FTRUNCATE, number(), bytes, 0);
        if (result < 0) {
            throw new ErrnoException("ftruncate", result, "fd=" + number() + ", bytes=" + bytes);
        }
    }

    /**
     * Reads into {@code [offset, offset + length)} of a segment. Man page: read(2). Allocates
     * nothing.
     *
     * @return bytes read, 0 at the end; or errno negated
     */
    public long read(MemorySegment into, long offset, long length) {
        long address = Memory.writable(into, offset, length);
        try {
            return Kernel.retry(Syscall.READ, number(), address, length);
        } finally {
            Reference.reachabilityFence(into);
        }
    }

    /**
     * Writes {@code [offset, offset + length)} of a segment. Man page: write(2). Allocates nothing.
     *
     * @return bytes written, perhaps fewer; or errno negated. A broken pipe is EPIPE: the virtual
     *     machine ignores SIGPIPE
     */
    public long write(MemorySegment from, long offset, long length) {
        long address = Memory.readable(from, offset, length);
        try {
            return Kernel.retry(Syscall.WRITE, number(), address, length);
        } finally {
            Reference.reachabilityFence(from);
        }
    }

    /** Writes all bytes at a position of the file. Man page: pwrite(2). Allocates nothing. */
    public void pwrite(MemorySegment from, long offset, long length, long filePosition)
            throws ErrnoException {
        long address = Memory.readable(from, offset, length);
        try {
            long done = 0;
            while (done < length) {
                long result =
                        Kernel.retry(
                                Syscall.PWRITE64,
                                number(),
                                address + done,
                                length - done,
                                filePosition + done);
                if (result < 0) {
                    throw new ErrnoException(
                            "pwrite", result, "fd=" + number() + ", position=" + filePosition);
                }
                done += result;
            }
        } finally {
            Reference.reachabilityFence(from);
        }
    }

    @Override
    public void close() {
        int last = (int) NUMBER.getAndSet(this, CLOSED);
        if (last != CLOSED) {
            // Linux frees the number whatever it answers, and never wants to be asked again.
            var _ = Kernel.call(Syscall.CLOSE, last);
        }
    }

    @Override
    public String toString() {
        return "fd=" + number;
    }
}
