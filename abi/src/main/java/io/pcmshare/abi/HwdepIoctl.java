package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/**
 * Requests of {@code /dev/snd/hwC*D*}. Kernel: sound/asound.h, {@code SNDRV_HWDEP_IOCTL_*},
 * protocol 1.0.1; and two by which vendors of telephones hand out the ring of a PCM stream. Both
 * take {@code { s32 dir, fd, size, actual_size }} and borrow the letter of another device.
 */
public enum HwdepIoctl implements Ioctl {
    /** {@code SNDRV_HWDEP_IOCTL_PVERSION}. */
    PVERSION(Ioc.READ, 'H', 0x00, IoctlArg.INT),
    /** {@code SNDRV_HWDEP_IOCTL_INFO}. */
    INFO(Ioc.READ, 'H', 0x01, IoctlArg.HWDEP_INFO),
    /** Qualcomm and Samsung: a descriptor of the running substream's buffer. */
    MMAP_DATA_FD(Ioc.READ_WRITE, 'U', 0xd2, IoctlArg.MMAP_FD),
    /** Realtek: the same, and the descriptor is a real dma-buf. */
    MMAP_DATA_FD_REALTEK(Ioc.READ_WRITE, 'A', 0xe4, IoctlArg.MMAP_FD);

    private static final IoctlTable<HwdepIoctl> TABLE = new IoctlTable<>(values());

    private final int dir;
    private final int type;
    private final int nr;
    private final IoctlArg arg;

    HwdepIoctl(int dir, int type, int nr, IoctlArg arg) {
        this.dir = dir;
        this.type = type;
        this.nr = nr;
        this.arg = arg;
    }

    @Override
    public int dir() {
        return dir;
    }

    @Override
    public int type() {
        return type;
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
    public static @Nullable HwdepIoctl of(int request, DataModel model) {
        return TABLE.find(request, model);
    }
}
