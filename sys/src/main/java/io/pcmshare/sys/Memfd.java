package io.pcmshare.sys;

import java.lang.foreign.Arena;

/** Anonymous memory files that can be sealed and shared. Man page: memfd_create(2). */
public final class Memfd {
    // Kernel: uapi/linux/fcntl.h
    /** No further seals. */
    public static final int F_SEAL_SEAL = 0x1;

    /** The file cannot become smaller: reading a mapping of it never faults. */
    public static final int F_SEAL_SHRINK = 0x2;

    public static final int F_SEAL_GROW = 0x4;

    /** No writes at all; EBUSY while a writable shared mapping exists. */
    public static final int F_SEAL_WRITE = 0x8;

    /** No writes and no writable mappings but those that exist already. */
    public static final int F_SEAL_FUTURE_WRITE = 0x10;

    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_GET_SEALS = 1034;

    private Memfd() {}

    /**
     * Zeroed memory, not sealed yet.
     *
     * @param name as {@code /proc/self/fd} shows it after {@code /memfd:}, at most 249 bytes
     * @param bytes its size; untouched pages take no memory
     */
    public static Fd create(String name, long bytes) throws ErrnoException {
        Fd fd;
        try (Arena arena = Arena.ofConfined()) {
            long result =
                    Kernel.call(
                            Syscall.MEMFD_CREATE,
                            arena.allocateFrom(name).address(),
                            MFD_CLOEXEC | MFD_ALLOW_SEALING);
            fd = Fd.take((int) ErrnoException.check("memfd_create", result, "name=" + name));
        }
        try {
            fd.truncate(bytes);
            return fd;
        } catch (ErrnoException failure) {
            fd.close();
            throw failure;
        }
    }

    /**
     * Adds seals, for good.
     *
     * @param seals {@code F_SEAL_} bits
     */
    public static void addSeals(Fd fd, int seals) throws ErrnoException {
        fd.fcntl("F_ADD_SEALS", F_ADD_SEALS, seals);
    }

    /** The seals; EINVAL if {@code fd} is no memory file. */
    public static int getSeals(Fd fd) throws ErrnoException {
        return fd.fcntl("F_GET_SEALS", F_GET_SEALS, 0);
    }
}
