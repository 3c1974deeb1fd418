package io.pcmshare.run.node;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.pcmshare.sys.Syscall;
import io.pcmshare.sys.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * What stat(2) says of a node, in each of the structs that programs ask for it with.
 *
 * @param mode type and permissions
 * @param inode any number that tells nodes apart
 * @param minor of a device; 0 of everything else
 * @param bytes size
 * @param nanos when it was made, since 1970
 * @param owner user and group that it belongs to
 */
public record FileStatus(int mode, long inode, int minor, long bytes, long nanos, Owner owner) {
    /** The major number of sound devices. Kernel: include/sound/core.h, CONFIG_SND_MAJOR. */
    public static final int MAJOR = 116;

    static final int S_IFCHR = 0020000;
    static final int S_IFDIR = 0040000;
    static final int S_IFREG = 0100000;
    static final int S_IFLNK = 0120000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int BLOCK_BYTES = 4096;
    private static final int STATX_BASIC_STATS = 0x7ff;

    /** x86-64. Kernel: arch/x86/include/uapi/asm/stat.h, {@code struct stat}. */
    static final StructLayout STAT_X86_64 =
            structLayout(
                    JAVA_LONG.withName("st_dev"),
                    JAVA_LONG.withName("st_ino"),
                    JAVA_LONG.withName("st_nlink"),
                    JAVA_INT.withName("st_mode"),
                    JAVA_INT.withName("st_uid"),
                    JAVA_INT.withName("st_gid"),
                    paddingLayout(4),
                    JAVA_LONG.withName("st_rdev"),
                    JAVA_LONG.withName("st_size"),
                    JAVA_LONG.withName("st_blksize"),
                    JAVA_LONG.withName("st_blocks"),
                    JAVA_LONG.withName("st_atime"),
                    JAVA_LONG.withName("st_atime_nsec"),
                    JAVA_LONG.withName("st_mtime"),
                    JAVA_LONG.withName("st_mtime_nsec"),
                    JAVA_LONG.withName("st_ctime"),
                    JAVA_LONG.withName("st_ctime_nsec"),
                    paddingLayout(24));

    /** i386. Kernel: arch/x86/include/uapi/asm/stat.h, {@code struct stat64}. */
    static final StructLayout STAT64_I386 =
            structLayout(
                    JAVA_LONG_UNALIGNED.withName("st_dev"),
                    paddingLayout(4),
                    JAVA_INT.withName("__st_ino"),
                    JAVA_INT.withName("st_mode"),
                    JAVA_INT.withName("st_nlink"),
                    JAVA_INT.withName("st_uid"),
                    JAVA_INT.withName("st_gid"),
                    JAVA_LONG_UNALIGNED.withName("st_rdev"),
                    paddingLayout(4),
                    JAVA_LONG_UNALIGNED.withName("st_size"),
                    JAVA_INT.withName("st_blksize"),
                    JAVA_LONG_UNALIGNED.withName("st_blocks"),
                    JAVA_INT.withName("st_atime"),
                    JAVA_INT.withName("st_atime_nsec"),
                    JAVA_INT.withName("st_mtime"),
                    JAVA_INT.withName("st_mtime_nsec"),
                    JAVA_INT.withName("st_ctime"),
                    JAVA_INT.withName("st_ctime_nsec"),
                    JAVA_LONG_UNALIGNED.withName("st_ino"));

    /** All architectures. Kernel: uapi/linux/stat.h, {@code struct statx}. */
    static final StructLayout STATX =
            structLayout(
                    JAVA_INT.withName("stx_mask"),
                    JAVA_INT.withName("stx_blksize"),
                    JAVA_LONG.withName("stx_attributes"),
                    JAVA_INT.withName("stx_nlink"),
                    JAVA_INT.withName("stx_uid"),
                    JAVA_INT.withName("stx_gid"),
                    JAVA_SHORT.withName("stx_mode"),
                    paddingLayout(2),
                    JAVA_LONG.withName("stx_ino"),
                    JAVA_LONG.withName("stx_size"),
                    JAVA_LONG.withName("stx_blocks"),
                    JAVA_LONG.withName("stx_attributes_mask"),
                    JAVA_LONG.withName("stx_atime"),
                    JAVA_INT.withName("stx_atime_nsec"),
                    paddingLayout(4),
                    paddingLayout(16),
                    JAVA_LONG.withName("stx_ctime"),
                    JAVA_INT.withName("stx_ctime_nsec"),
                    paddingLayout(4),
                    JAVA_LONG.withName("stx_mtime"),
                    JAVA_INT.withName("stx_mtime_nsec"),
                    paddingLayout(4),
                    JAVA_INT.withName("stx_rdev_major"),
                    JAVA_INT.withName("stx_rdev_minor"),
                    JAVA_INT.withName("stx_dev_major"),
                    JAVA_INT.withName("stx_dev_minor"),
                    paddingLayout(112));

    /** To whom nodes belong. */
    public record Owner(int uid, int gid) {
        /** Whoever runs this process. */
        public static Owner ours() {
            int uid = (int) Syscalls.call(Syscall.GETUID);
            return new Owner(uid, (int) Syscalls.call(Syscall.GETGID));
        }
    }

    /** {@code struct stat} of x86-64 programs. */
    public MemorySegment statX86(Arena arena) {
        return common(arena.allocate(STAT_X86_64), STAT_X86_64, "st_");
    }

    /** {@code struct stat64} of i386 programs. */
    public MemorySegment statI386(Arena arena) {
        MemorySegment out = common(arena.allocate(STAT64_I386), STAT64_I386, "st_");
        put(out, STAT64_I386, "__st_ino", inode);
        return out;
    }

    /** {@code struct statx}. */
    public MemorySegment statx(Arena arena) {
        MemorySegment out = common(arena.allocate(STATX), STATX, "stx_");
        put(out, STATX, "stx_mask", STATX_BASIC_STATS);
        put(out, STATX, "stx_rdev_major", isDevice() ? MAJOR : 0);
        put(out, STATX, "stx_rdev_minor", minor);
        return out;
    }

    private boolean isDevice() {
        return (mode & S_IFCHR) != 0 && (mode & ~07777) == S_IFCHR;
    }

    private MemorySegment common(MemorySegment out, StructLayout layout, String prefix) {
        put(out, layout, prefix + "mode", mode);
        put(out, layout, prefix + "ino", inode);
        put(out, layout, prefix + "nlink", 1);
        put(out, layout, prefix + "uid", owner.uid());
        put(out, layout, prefix + "gid", owner.gid());
        put(out, layout, prefix + "size", bytes);
        put(out, layout, prefix + "blksize", BLOCK_BYTES);
        if (prefix.equals("st_")) {
            put(out, layout, "st_rdev", isDevice() ? device() : 0);
        }
        for (String time : new String[] {"atime", "mtime", "ctime"}) {
            put(out, layout, prefix + time, nanos / NANOS_PER_SECOND);
            put(out, layout, prefix + time + "_nsec", nanos % NANOS_PER_SECOND);
        }
        return out;
    }

    /** Kernel: include/linux/kdev_t.h, new_encode_dev(). */
    private long device() {
        return (minor & 0xff) | (MAJOR << 8) | ((long) (minor & ~0xff) << 12);
    }

    private static void put(MemorySegment out, StructLayout layout, String field, long value) {
        PathElement path = PathElement.groupElement(field);
        long offset = layout.byteOffset(path);
        MemoryLayout kind = layout.select(path);
        switch ((int) kind.byteSize()) {
            case Short.BYTES -> out.set(JAVA_SHORT, offset, (short) value);
            case Integer.BYTES -> out.set(JAVA_INT, offset, (int) value);
            default -> out.set(JAVA_LONG_UNALIGNED, offset, value);
        }
    }
}
