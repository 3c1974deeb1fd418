package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/** Layout of {@code struct statx}, alike on all architectures. Kernel: uapi/linux/stat.h. */
final class Statx {
    static final int BASIC_STATS = 0x7ff;

    private static final long BYTES_BEFORE_DEVICE = 136 - 48;
    private static final long BYTES_AFTER_DEVICE = 256 - 144;

    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_INT.withName("stx_mask"),
                    JAVA_INT.withName("stx_blksize"),
                    JAVA_LONG.withName("stx_attributes"),
                    JAVA_INT.withName("stx_nlink"),
                    JAVA_INT.withName("stx_uid"),
                    JAVA_INT.withName("stx_gid"),
                    JAVA_SHORT.withName("stx_mode"),
                    MemoryLayout.paddingLayout(2),
                    JAVA_LONG.withName("stx_ino"),
                    JAVA_LONG.withName("stx_size"),
                    MemoryLayout.paddingLayout(BYTES_BEFORE_DEVICE),
                    JAVA_INT.withName("stx_dev_major"),
                    JAVA_INT.withName("stx_dev_minor"),
                    MemoryLayout.paddingLayout(BYTES_AFTER_DEVICE));
    static final VarHandle INO = LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("stx_ino"));

    private static final VarHandle DEV_MAJOR =
            LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("stx_dev_major"));
    private static final VarHandle DEV_MINOR =
            LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("stx_dev_minor"));

    private Statx() {}

    /** Which file a status is of. */
    static FileId id(MemorySegment statx) {
        int major = (int) DEV_MAJOR.get(statx, 0L);
        int minor = (int) DEV_MINOR.get(statx, 0L);
        return new FileId(FileId.device(major, minor), (long) INO.get(statx, 0L));
    }
}
