package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/**
 * Requests of {@code /dev/snd/pcm*}. Kernel: sound/asound.h, {@code SNDRV_PCM_IOCTL_*}, protocol
 * 2.0.15; and those that were proposed on alsa-devel in 2019 and 2020 and never merged, and one
 * more.
 */
public enum PcmIoctl implements Ioctl {
    PVERSION(Ioc.READ, 0x00, IoctlArg.INT),
    INFO(Ioc.READ, 0x01, IoctlArg.PCM_INFO),
    TSTAMP(Ioc.WRITE, 0x02, IoctlArg.INT),
    TTSTAMP(Ioc.WRITE, 0x03, IoctlArg.INT),
    USER_PVERSION(Ioc.WRITE, 0x04, IoctlArg.INT),
    /** The patch of January 2019: in, the mode (0); out, the descriptor, although it says write. */
    ANONYMOUS_DUP_V1(Ioc.WRITE, 0x05, IoctlArg.INT),
    /** The series of February 2019: in, a {@link PermMode}; out, the descriptor. */
    ANONYMOUS_DUP(Ioc.READ_WRITE, 0x05, IoctlArg.INT),
    HW_REFINE(Ioc.READ_WRITE, 0x10, IoctlArg.PCM_HW_PARAMS),
    HW_PARAMS(Ioc.READ_WRITE, 0x11, IoctlArg.PCM_HW_PARAMS),
    HW_FREE(Ioc.NONE, 0x12, IoctlArg.NOTHING),
    SW_PARAMS(Ioc.READ_WRITE, 0x13, IoctlArg.PCM_SW_PARAMS),
    STATUS(Ioc.READ, 0x20, IoctlArg.PCM_STATUS),
    DELAY(Ioc.READ, 0x21, IoctlArg.LONG),
    HWSYNC(Ioc.NONE, 0x22, IoctlArg.NOTHING),
    SYNC_PTR(Ioc.READ_WRITE, 0x23, IoctlArg.PCM_SYNC_PTR),
    STATUS_EXT(Ioc.READ_WRITE, 0x24, IoctlArg.PCM_STATUS),
    CHANNEL_INFO(Ioc.READ, 0x32, IoctlArg.PCM_CHANNEL_INFO),
    PREPARE(Ioc.NONE, 0x40, IoctlArg.NOTHING),
    RESET(Ioc.NONE, 0x41, IoctlArg.NOTHING),
    START(Ioc.NONE, 0x42, IoctlArg.NOTHING),
    DROP(Ioc.NONE, 0x43, IoctlArg.NOTHING),
    DRAIN(Ioc.NONE, 0x44, IoctlArg.NOTHING),
    /** The argument is the value itself, not a pointer. */
    PAUSE(Ioc.WRITE, 0x45, IoctlArg.INT),
    /** Writes the frames moved back to its argument, although it says write. */
    REWIND(Ioc.WRITE, 0x46, IoctlArg.LONG),
    RESUME(Ioc.NONE, 0x47, IoctlArg.NOTHING),
    XRUN(Ioc.NONE, 0x48, IoctlArg.NOTHING),
    /** Writes the frames moved back to its argument, although it says write. */
    FORWARD(Ioc.WRITE, 0x49, IoctlArg.LONG),
    WRITEI_FRAMES(Ioc.WRITE, 0x50, IoctlArg.XFERI),
    READI_FRAMES(Ioc.READ, 0x51, IoctlArg.XFERI),
    WRITEN_FRAMES(Ioc.WRITE, 0x52, IoctlArg.XFERN),
    READN_FRAMES(Ioc.READ, 0x53, IoctlArg.XFERN),
    /** The argument is the descriptor itself, not a pointer. */
    LINK(Ioc.WRITE, 0x60, IoctlArg.INT),
    UNLINK(Ioc.NONE, 0x61, IoctlArg.NOTHING),
    /** The dma-buf RFC: returns a descriptor of the ring. */
    DMABUF_EXPORT(Ioc.READ, 0x70, IoctlArg.INT),
    /** The dma-buf RFC: in, the descriptor of the buffer to attach. */
    DMABUF_ATTACH(Ioc.WRITE, 0x71, IoctlArg.INT),
    /** The dma-buf RFC: undoes the attachment. */
    DMABUF_DETACH(Ioc.NONE, 0x72, IoctlArg.NOTHING),
    /** PcmShare's own: a fence of all frames below one. */
    FRAME_FENCE(Ioc.READ_WRITE, 0x73, IoctlArg.PCM_FRAME_FENCE);

    /** The letter of PCM devices. */
    public static final int TYPE = 'A';

    private static final IoctlTable<PcmIoctl> TABLE = new IoctlTable<>(values());

    private final int dir;
    private final int nr;
    private final IoctlArg arg;

    // made once, so that a program's call makes none; records, so immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final Request32 narrow = new Request32(this, DataModel.ILP32);

    @SuppressWarnings("ImmutableEnumChecker")
    private final Request32 time64 = new Request32(this, DataModel.ILP32_TIME64);

    PcmIoctl(int dir, int nr, IoctlArg arg) {
        this.dir = dir;
        this.nr = nr;
        this.arg = arg;
    }

    @Override
    public int dir() {
        return dir;
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int nr() {
        return nr;
    }

    @Override
    public int argBytes(DataModel model) {
        return arg.bytes(model);
    }

    /** The constant of a request made by a program of that model; {@code null} for none. */
    public static @Nullable PcmIoctl of(int request, DataModel model) {
        return TABLE.find(request, model);
    }

    /**
     * The request of a 32-bit program, whose {@code time_t} is not known before its first call.
     *
     * <p>{@code STATUS}, {@code STATUS_EXT} and {@code SYNC_PTR} tell the two layouts apart by
     * their number; all others have one layout for both and are reported as {@link
     * DataModel#ILP32}. The number of {@code SYNC_PTR} with a 64-bit {@code time_t} is that of
     * x86-64, the layout is not.
     *
     * @return {@code null} where neither layout has the number
     */
    public static @Nullable Request32 of32(int request) {
        PcmIoctl narrow = of(request, DataModel.ILP32);
        if (narrow != null) {
            return narrow.narrow;
        }
        PcmIoctl time64 = of(request, DataModel.ILP32_TIME64);
        return time64 == null ? null : time64.time64;
    }

    /** What a 32-bit program asks, and the model its argument is laid out for. */
    public record Request32(PcmIoctl ioctl, DataModel model) {}
}
