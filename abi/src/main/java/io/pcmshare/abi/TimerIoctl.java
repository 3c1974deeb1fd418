package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/**
 * Requests of {@code /dev/snd/timer}. Kernel: sound/asound.h, {@code SNDRV_TIMER_IOCTL_*}, protocol
 * 2.0.7; the last two are of protocol 2.0.8.
 */
public enum TimerIoctl implements Ioctl {
    PVERSION(Ioc.READ, 0x00, IoctlArg.INT),
    NEXT_DEVICE(Ioc.READ_WRITE, 0x01, IoctlArg.TIMER_ID),
    /** Events with a timestamp as wide as {@code long}. */
    TREAD_OLD(Ioc.WRITE, 0x02, IoctlArg.INT),
    GINFO(Ioc.READ_WRITE, 0x03, IoctlArg.TIMER_GINFO),
    GPARAMS(Ioc.WRITE, 0x04, IoctlArg.TIMER_GPARAMS),
    GSTATUS(Ioc.READ_WRITE, 0x05, IoctlArg.TIMER_GSTATUS),
    SELECT(Ioc.WRITE, 0x10, IoctlArg.TIMER_SELECT),
    INFO(Ioc.READ, 0x11, IoctlArg.TIMER_INFO),
    PARAMS(Ioc.WRITE, 0x12, IoctlArg.TIMER_PARAMS),
    STATUS(Ioc.READ, 0x14, IoctlArg.TIMER_STATUS),
    START(Ioc.NONE, 0xa0, IoctlArg.NOTHING),
    STOP(Ioc.NONE, 0xa1, IoctlArg.NOTHING),
    CONTINUE(Ioc.NONE, 0xa2, IoctlArg.NOTHING),
    PAUSE(Ioc.NONE, 0xa3, IoctlArg.NOTHING),
    /** Events with a 64-bit timestamp. */
    TREAD64(Ioc.WRITE, 0xa4, IoctlArg.INT),
    /** A timer driven by a program, protocol 2.0.8. */
    CREATE(Ioc.READ_WRITE, 0xa5, IoctlArg.TIMER_UINFO),
    /** One tick of a timer made by {@link #CREATE}. */
    TRIGGER(Ioc.NONE, 0xa6, IoctlArg.NOTHING);

    /** The letter of the timer device. */
    public static final int TYPE = 'T';

    private static final IoctlTable<TimerIoctl> TABLE = new IoctlTable<>(values());

    private final int dir;
    private final int nr;
    private final IoctlArg arg;

    TimerIoctl(int dir, int nr, IoctlArg arg) {
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
    public static @Nullable TimerIoctl of(int request, DataModel model) {
        return TABLE.find(request, model);
    }
}
