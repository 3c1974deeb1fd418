package io.pcmshare.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A mapped piece of a file. Man page: mmap(2).
 *
 * <p>Owns: the mapping, not the descriptor, which may be closed at once. After {@link #close()} an
 * access to the segment is an IllegalStateException, never a fault. Threads: any.
 */
public final class Mapping implements AutoCloseable {
    // Kernel: uapi/asm-generic/mman-common.h
    public static final int PROT_NONE = 0;
    public static final int PROT_READ = 1;
    public static final int PROT_WRITE = 2;
    public static final int PROT_EXEC = 4;
    public static final int MAP_SHARED = 1;
    public static final int MAP_PRIVATE = 2;
    public static final int MAP_ANONYMOUS = 0x20;
    public static final int MAP_POPULATE = 0x8000;

    private static final int NO_FILE = -1;

    private final Arena arena;
    private final MemorySegment segment;

    @SuppressWarnings("MustBeClosedChecker") // closed by close()
    private Mapping(long address, long length, int prot) {
        this.arena = Arena.ofShared();
        this.segment = wrap(arena, address, length, prot);
    }

    /**
     * Maps {@code [offset, offset + length)} of a file, wherever the kernel likes.
     *
     * @param offset a multiple of the page size, in bytes
     * @param prot without {@link #PROT_WRITE} the segment is read-only
     */
    public static Mapping map(Fd fd, long offset, long length, int prot, int flags)
            throws ErrnoException {
        return map(fd.number(), offset, length, prot, flags);
    }

    /** Zeroed memory of this process alone, for guard pages and buffers aligned to pages. */
    public static Mapping anonymous(long length, int prot) throws ErrnoException {
        return map(NO_FILE, 0, length, prot, MAP_PRIVATE | MAP_ANONYMOUS);
    }

    private static Mapping map(int fd, long offset, long length, int prot, int flags)
            throws ErrnoException {
        long address = mmap(fd, offset, length, prot, flags);
        if (failed(address)) {
            String file = fd == NO_FILE ? "" : "fd=" + fd + ", offset=" + offset + ", ";
            throw new ErrnoException(
                    "mmap",
                    address,
                    file + "length=" + length + ", prot=" + prot + ", flags=" + flags);
        }
        return new Mapping(address, length, prot);
    }

    /**
     * Whether the kernel would map this: maps and unmaps at once.
     *
     * @return 0, or errno, positive
     */
    public static int tryMap(Fd fd, long offset, long length, int prot, int flags) {
        long address = mmap(fd.number(), offset, length, prot, flags);
        if (failed(address)) {
            return (int) -address;
        }
        munmap(address, length);
        return 0;
    }

    /** The bytes; read-only if mapped so. */
    public MemorySegment segment() {
        return segment;
    }

    /**
     * Changes what may be done with some pages. Man page: mprotect(2). What Java does to a page
     * that no longer allows it ends the virtual machine: for guard pages.
     *
     * @param offset a multiple of the page size, in bytes
     */
    public void protect(long offset, long length, int prot) throws ErrnoException {
        long address = Memory.readable(segment, offset, length);
        long result = Kernel.call(Syscall.MPROTECT, address, length, prot);
        if (result < 0) {
            throw new ErrnoException(
                    "mprotect",
                    result,
                    "offset=" + offset + ", length=" + length + ", prot=" + prot);
        }
    }

    /** Unmaps. Nobody may be inside a system call on this memory. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    @SuppressWarnings("restricted") // the address comes from mmap, with exactly this length
    private static MemorySegment wrap(Arena arena, long address, long length, int prot) {
        MemorySegment mapped =
                MemorySegment.ofAddress(address)
                        .reinterpret(length, arena, whole -> munmap(whole.address(), length));
        return (prot & PROT_WRITE) == 0 ? mapped.asReadOnly() : mapped;
    }

    private static long mmap(int fd, long offset, long length, int prot, int flags) {
        return Kernel.call(Syscall.MMAP, 0, length, prot, flags, fd, offset);
    }

    private static void munmap(long address, long length) {
        long result = Kernel.call(Syscall.MUNMAP, address, length);
        if (result < 0) {
            throw new IllegalStateException("munmap: errno=" + -result + ", length=" + length);
        }
    }

    /** Addresses of user space are positive on both architectures. */
    private static boolean failed(long address) {
        return address < 0;
    }
}
