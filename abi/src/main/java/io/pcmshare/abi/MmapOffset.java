package io.pcmshare.abi;

/**
 * Where the parts of a PCM device are mapped, in bytes. Kernel: sound/asound.h, {@code
 * SNDRV_PCM_MMAP_OFFSET_*}.
 */
public final class MmapOffset {
    /** The ring. Any offset that is none of the others is inside it as well. */
    public static final long DATA = 0;

    /** {@link MmapStatus}, by programs whose {@code time_t} is as wide as {@code long}. */
    public static final long STATUS_OLD = 0x80000000L;

    /** {@link MmapControl}, by the same. */
    public static final long CONTROL_OLD = 0x81000000L;

    /** {@link MmapStatus}, by 32-bit programs with a 64-bit {@code time_t}. */
    public static final long STATUS_NEW = 0x82000000L;

    /** {@link MmapControl}, by the same. */
    public static final long CONTROL_NEW = 0x83000000L;

    private MmapOffset() {}
}
