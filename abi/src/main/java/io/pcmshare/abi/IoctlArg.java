package io.pcmshare.abi;

/**
 * Sizes of what ioctls take, in bytes. Kernel: sound/asound.h of Linux 6.1, measured with a C
 * compiler on x86-64 and i386; the UMP and user timer structs, newer than that, in Linux 6.12.
 */
enum IoctlArg {
    NOTHING(0),
    INT(4),
    LONG(8, 4, 4),
    INT64(8),

    PCM_INFO(PcmInfo.LAYOUT.byteSize()),
    PCM_HW_PARAMS(HwParams.layouts()),
    PCM_SW_PARAMS(SwParams.layouts()),
    PCM_STATUS(PcmStatus.layouts()),
    PCM_SYNC_PTR(SyncPtr.layouts()),
    PCM_CHANNEL_INFO(PcmChannelInfo.layouts()),
    XFERI(XferI.layouts()),
    XFERN(XferN.layouts()),

    CTL_CARD_INFO(376),
    CTL_ELEM_LIST(80, 72, 72),
    CTL_ELEM_ID(64),
    CTL_ELEM_INFO(272),
    CTL_ELEM_VALUE(1224, 708, 708),
    CTL_TLV(8),
    HWDEP_INFO(220),
    RAWMIDI_INFO(268),
    UMP_ENDPOINT_INFO(328),
    UMP_BLOCK_INFO(180),

    TIMER_ID(20),
    TIMER_GINFO(248, 224, 224),
    TIMER_GPARAMS(72, 60, 60),
    TIMER_GSTATUS(80, 64, 64),
    TIMER_SELECT(52),
    TIMER_INFO(232, 224, 224),
    TIMER_PARAMS(80),
    TIMER_STATUS(96, 88, 96),
    TIMER_UINFO(32),

    /** {@code { s32 dir, fd, size, actual_size }} of the vendors' hwdep nodes. */
    MMAP_FD(16);

    private final long lp64;
    private final long ilp32;
    private final long ilp32Time64;

    IoctlArg(long all) {
        this(all, all, all);
    }

    IoctlArg(Layouts layouts) {
        this(
                layouts.lp64().byteSize(),
                layouts.ilp32().byteSize(),
                layouts.ilp32Time64().byteSize());
    }

    IoctlArg(long lp64, long ilp32, long ilp32Time64) {
        this.lp64 = lp64;
        this.ilp32 = ilp32;
        this.ilp32Time64 = ilp32Time64;
    }

    int bytes(DataModel model) {
        return (int)
                switch (model) {
                    case LP64 -> lp64;
                    case ILP32 -> ilp32;
                    case ILP32_TIME64 -> ilp32Time64;
                };
    }
}
