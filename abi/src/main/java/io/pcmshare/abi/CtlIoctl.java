package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/**
 * Requests of {@code /dev/snd/controlC*}. Kernel: sound/asound.h, {@code SNDRV_CTL_IOCTL_*},
 * protocol 2.0.8; the UMP ones are of protocol 2.0.9.
 */
public enum CtlIoctl implements Ioctl {
    PVERSION(Ioc.READ, 0x00, IoctlArg.INT),
    CARD_INFO(Ioc.READ, 0x01, IoctlArg.CTL_CARD_INFO),
    ELEM_LIST(Ioc.READ_WRITE, 0x10, IoctlArg.CTL_ELEM_LIST),
    ELEM_INFO(Ioc.READ_WRITE, 0x11, IoctlArg.CTL_ELEM_INFO),
    ELEM_READ(Ioc.READ_WRITE, 0x12, IoctlArg.CTL_ELEM_VALUE),
    ELEM_WRITE(Ioc.READ_WRITE, 0x13, IoctlArg.CTL_ELEM_VALUE),
    ELEM_LOCK(Ioc.WRITE, 0x14, IoctlArg.CTL_ELEM_ID),
    ELEM_UNLOCK(Ioc.WRITE, 0x15, IoctlArg.CTL_ELEM_ID),
    SUBSCRIBE_EVENTS(Ioc.READ_WRITE, 0x16, IoctlArg.INT),
    ELEM_ADD(Ioc.READ_WRITE, 0x17, IoctlArg.CTL_ELEM_INFO),
    ELEM_REPLACE(Ioc.READ_WRITE, 0x18, IoctlArg.CTL_ELEM_INFO),
    ELEM_REMOVE(Ioc.READ_WRITE, 0x19, IoctlArg.CTL_ELEM_ID),
    TLV_READ(Ioc.READ_WRITE, 0x1a, IoctlArg.CTL_TLV),
    TLV_WRITE(Ioc.READ_WRITE, 0x1b, IoctlArg.CTL_TLV),
    TLV_COMMAND(Ioc.READ_WRITE, 0x1c, IoctlArg.CTL_TLV),
    HWDEP_NEXT_DEVICE(Ioc.READ_WRITE, 0x20, IoctlArg.INT),
    HWDEP_INFO(Ioc.READ, 0x21, IoctlArg.HWDEP_INFO),
    PCM_NEXT_DEVICE(Ioc.READ, 0x30, IoctlArg.INT),
    PCM_INFO(Ioc.READ_WRITE, 0x31, IoctlArg.PCM_INFO),
    PCM_PREFER_SUBDEVICE(Ioc.WRITE, 0x32, IoctlArg.INT),
    RAWMIDI_NEXT_DEVICE(Ioc.READ_WRITE, 0x40, IoctlArg.INT),
    RAWMIDI_INFO(Ioc.READ_WRITE, 0x41, IoctlArg.RAWMIDI_INFO),
    RAWMIDI_PREFER_SUBDEVICE(Ioc.WRITE, 0x42, IoctlArg.INT),
    UMP_NEXT_DEVICE(Ioc.READ_WRITE, 0x43, IoctlArg.INT),
    UMP_ENDPOINT_INFO(Ioc.READ_WRITE, 0x44, IoctlArg.UMP_ENDPOINT_INFO),
    UMP_BLOCK_INFO(Ioc.READ_WRITE, 0x45, IoctlArg.UMP_BLOCK_INFO),
    POWER(Ioc.READ_WRITE, 0xd0, IoctlArg.INT),
    POWER_STATE(Ioc.READ, 0xd1, IoctlArg.INT);

    /** The letter of control devices. */
    public static final int TYPE = 'U';

    private static final IoctlTable<CtlIoctl> TABLE = new IoctlTable<>(values());

    private final int dir;
    private final int nr;
    private final IoctlArg arg;

    CtlIoctl(int dir, int nr, IoctlArg arg) {
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
    public static @Nullable CtlIoctl of(int request, DataModel model) {
        return TABLE.find(request, model);
    }
}
