package io.pcmshare.abi;

/** One request that a program can make of a sound device, a buffer or a fence. */
public sealed interface Ioctl
        permits PcmIoctl, CtlIoctl, TimerIoctl, HwdepIoctl, DmaBufIoctl, SyncIoctl {
    /** The name without the kernel's prefix. */
    String name();

    /** {@link Ioc#NONE}, {@link Ioc#WRITE}, {@link Ioc#READ} or {@link Ioc#READ_WRITE}. */
    int dir();

    /** The letter that names the driver. */
    int type();

    /** The number within the type. */
    int nr();

    /** Bytes of the argument in a program of that model. */
    int argBytes(DataModel model);

    /** The number a program of that model passes to {@code ioctl(2)}. */
    default int request(DataModel model) {
        return Ioc.encode(dir(), type(), nr(), argBytes(model));
    }
}
