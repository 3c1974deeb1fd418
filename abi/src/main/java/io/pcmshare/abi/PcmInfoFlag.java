package io.pcmshare.abi;

/**
 * What a device can do, in {@link HwParams#info()}. Kernel: sound/asound.h, {@code
 * SNDRV_PCM_INFO_*}.
 */
public final class PcmInfoFlag {
    /** The ring can be mapped. */
    public static final int MMAP = 0x00000001;

    /** Frames of a period stay valid while it is moved. */
    public static final int MMAP_VALID = 0x00000002;

    /** Start and stop need double buffering. */
    public static final int DOUBLE = 0x00000004;

    /** The pointer moves by whole periods. */
    public static final int BATCH = 0x00000010;

    /** The core must be told of each change of {@code appl_ptr}. */
    public static final int SYNC_APPLPTR = 0x00000020;

    /** Draining needs no silence behind the last frame; newer than Linux 6.1. */
    public static final int PERFECT_DRAIN = 0x00000040;

    /** The samples of a frame may lie side by side. */
    public static final int INTERLEAVED = 0x00000100;

    /** Each channel may have a part of the ring to itself. */
    public static final int NONINTERLEAVED = 0x00000200;

    /** Frames are laid out in another way; mapped only. */
    public static final int COMPLEX = 0x00000400;

    /** The hardware moves blocks of samples. */
    public static final int BLOCK_TRANSFER = 0x00010000;

    /** Capture counts clipped samples. */
    public static final int OVERRANGE = 0x00020000;

    /** A suspended stream can go on. */
    public static final int RESUME = 0x00040000;

    /** A stream can pause. */
    public static final int PAUSE = 0x00080000;

    /** One direction at a time. */
    public static final int HALF_DUPLEX = 0x00100000;

    /** The two directions depend on each other. */
    public static final int JOINT_DUPLEX = 0x00200000;

    /** Linked streams start together. */
    public static final int SYNC_START = 0x00400000;

    /** Wake-ups at period ends can be turned off. */
    public static final int NO_PERIOD_WAKEUP = 0x00800000;

    /** The old name of {@link #HAS_LINK_ATIME}. */
    public static final int HAS_WALL_CLOCK = 0x01000000;

    /** Reports the time of the link, from zero at each start. */
    public static final int HAS_LINK_ATIME = 0x01000000;

    /** Reports the time of the link, never set back. */
    public static final int HAS_LINK_ABSOLUTE_ATIME = 0x02000000;

    /** Reports an estimated time of the link. */
    public static final int HAS_LINK_ESTIMATED_ATIME = 0x04000000;

    /** Reports a time of the link synchronized with the system. */
    public static final int HAS_LINK_SYNCHRONIZED_ATIME = 0x08000000;

    /** Pointers and frames must be synchronized by calls. */
    public static final int EXPLICIT_SYNC = 0x10000000;

    /** {@code appl_ptr} only goes forward. */
    public static final int NO_REWINDS = 0x20000000;

    /** Inside the kernel: the driver is told of a drain. */
    public static final int DRAIN_TRIGGER = 0x40000000;

    /** Inside the kernel: the size of the FIFO is in frames. */
    public static final int FIFO_IN_FRAMES = 0x80000000;

    private PcmInfoFlag() {}
}
