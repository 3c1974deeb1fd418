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
    PCM_FRAME_FENCE(PcmFrameFence.layouts()),

    CTL_CARD_INFO(CtlCardInfo.layouts()),
    CTL_ELEM_LIST(CtlElemList.layouts()),
    CTL_ELEM_ID(CtlElemId.layouts()),
    CTL_ELEM_INFO(CtlElemInfo.layouts()),
    CTL_ELEM_VALUE(CtlElemValue.layouts()),
    CTL_TLV(CtlTlv.layouts()),
    HWDEP_INFO(HwdepInfo.layouts()),
    RAWMIDI_INFO(268),
    UMP_ENDPOINT_INFO(328),
    UMP_BLOCK_INFO(180),

    TIMER_ID(TimerId.layouts()),
    TIMER_GINFO(TimerGinfo.layouts()),
    TIMER_GPARAMS(TimerGparams.layouts()),
    TIMER_GSTATUS(TimerGstatus.layouts()),
    TIMER_SELECT(TimerSelect.layouts()),
    TIMER_INFO(TimerInfo.layouts()),
    TIMER_PARAMS(TimerParams.layouts()),
    TIMER_STATUS(TimerStatus.layouts()),
    TIMER_UINFO(32),

    /** {@code { s32 dir, fd, size, actual_size }} of the vendors' hwdep nodes. */
    MMAP_FD(16),

    DMABUF_SYNC_FILE(DmaBufSyncFile.layouts()),
    SYNC_MERGE(SyncMergeData.layouts()),
    SYNC_FILE_INFO(SyncFileInfo.layouts()),
    SYNC_DEADLINE(16);

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
