package io.pcmshare.core.pcm;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmChannelInfo;
import io.pcmshare.abi.PcmInfo;
import io.pcmshare.abi.PcmStatus;
import io.pcmshare.abi.ProtocolVersion;
import io.pcmshare.abi.SwParams;
import io.pcmshare.abi.SyncPtr;
import io.pcmshare.abi.SyncPtrFlag;
import io.pcmshare.abi.TstampMode;
import io.pcmshare.abi.TstampType;
import io.pcmshare.core.params.HwParamSpace;

/** The ioctls whose argument is a struct. Kernel: sound/core/pcm_native.c, pcm_compat.c. */
final class PcmStructIoctls {
    private static final int EINVAL = Errno.EINVAL.negated();

    /** Protocol from which a program that sets software parameters also chooses the clock. */
    private static final int TSTAMP_TYPE_SINCE = ProtocolVersion.of(2, 0, 12);

    private static final int AUDIO_TSTAMP_TYPE = 0xF;
    private static final int AUDIO_TSTAMP_DEFAULT = 1;
    private static final int AUDIO_TSTAMP_LAST = 5;
    private static final int AUDIO_TSTAMP_REPORTED = 1 << 16;

    private PcmStructIoctls() {}

    static long info(IoctlCall call) {
        Substream s = call.file().substream();
        PcmDevice device = s.device();
        PcmInfo info = call.scratch().info;
        info.clear();
        info.device(device.number());
        info.subdevice(s.number());
        info.stream(s.stream().code());
        info.card(s.card().number());
        info.id(device.id());
        info.name(device.name());
        info.subname("subdevice #" + s.number());
        info.subdevicesCount(device.subdevicesCount(s.stream()));
        info.subdevicesAvail(device.subdevicesAvail(s.stream()));
        return call.write(PcmInfo.LAYOUT.byteSize());
    }

    /** HW_REFINE and HW_PARAMS; a refusal leaves the program's struct as it was. */
    static long hwParams(IoctlCall call, boolean refineOnly) {
        CallScratch.Views views = call.views();
        int copied = call.read(views.hwParamsBytes());
        if (copied < 0) {
            return copied;
        }
        HwParamSpace space = call.scratch().space;
        space.read(views.hwParams());
        PcmFile file = call.file();
        long wordMax = call.model() == DataModel.LP64 ? Long.MAX_VALUE : Integer.MAX_VALUE;
        int answer = refineOnly ? file.hwRefine(space) : file.hwParams(space, wordMax);
        if (answer < 0) {
            return answer;
        }
        space.write(views.hwParams());
        return call.write(views.hwParamsBytes());
    }

    /** The boundary is handed back, even when the new thresholds stopped the stream. */
    static long swParams(IoctlCall call) {
        CallScratch.Views views = call.views();
        int copied = call.read(views.swParamsBytes());
        if (copied < 0) {
            return copied;
        }
        SwParams from = views.swParams();
        PcmFile file = call.file();
        int answer = FileCalls.check(file, PcmAction.SW_PARAMS);
        if (answer == 0) {
            TstampMode mode = TstampMode.of(from.tstampMode());
            TstampType type = file.currentSwParams().tstampType();
            boolean chooses = Integer.compareUnsigned(from.proto(), TSTAMP_TYPE_SINCE) >= 0;
            if (chooses) {
                type = TstampType.of(from.tstampType());
            }
            answer =
                    mode == null || type == null ? EINVAL : file.swParams(params(from, mode, type));
        }
        if (answer == 0 || answer == Errno.EPIPE.negated()) {
            from.boundary(file.geometry().boundary());
        }
        int written = call.write(views.swParamsBytes());
        return written < 0 ? written : answer;
    }

    private static SoftwareParams params(SwParams from, TstampMode mode, TstampType type) {
        return new SoftwareParams(
                mode,
                type,
                from.periodStep(),
                from.availMin(),
                from.startThreshold(),
                from.stopThreshold(),
                from.silenceThreshold(),
                from.silenceSize());
    }

    static long status(IoctlCall call, boolean extended) {
        CallScratch.Views views = call.views();
        PcmStatus status = views.status();
        int asked = 0;
        if (extended) {
            int copied = call.read(views.statusBytes());
            if (copied < 0) {
                return copied;
            }
            asked = status.audioTstampData();
        }
        StatusSample sample = call.scratch().status;
        call.file().sample(sample);
        status.clear();
        sample.write(status);
        status.audioTstampData(sample.isReported() ? reported(asked) : asked);
        return call.write(views.statusBytes());
    }

    /** A known kind of audio time-stamp was asked for: a report of the default kind is there. */
    private static int reported(int asked) {
        int type = asked & AUDIO_TSTAMP_TYPE;
        boolean known = type >= AUDIO_TSTAMP_DEFAULT && type <= AUDIO_TSTAMP_LAST;
        return known ? (asked & 0xFFFF) | AUDIO_TSTAMP_REPORTED : asked;
    }

    static long syncPtr(IoctlCall call) {
        CallScratch.Views views = call.views();
        SyncPtr sync = views.syncPtr();
        int copied = call.read(views.syncPtrBytes());
        if (copied < 0) {
            return copied;
        }
        PcmFile file = call.file();
        int flags = sync.flags();
        if ((flags & SyncPtrFlag.HWSYNC) != 0) {
            int answer = file.hwsync();
            if (answer < 0) {
                return answer;
            }
        }
        long applPtr = sync.applPtr();
        long availMin = sync.availMin();
        sync.clear();
        sync.flags(flags);
        int answer = FileCalls.syncPointers(file, flags, applPtr, availMin, sync);
        return answer < 0 ? answer : call.write(views.syncPtrBytes());
    }

    static long channelInfo(IoctlCall call) {
        CallScratch.Views views = call.views();
        PcmChannelInfo info = views.channelInfo();
        int copied = call.read(views.channelInfoBytes());
        if (copied < 0) {
            return copied;
        }
        PcmFile file = call.file();
        int answer = FileCalls.check(file, PcmAction.CHANNEL_INFO);
        if (answer < 0) {
            return answer;
        }
        StreamParams params = file.params();
        int channel = info.channel();
        boolean isThere = Integer.compareUnsigned(channel, params.channels()) < 0;
        if (!isThere || params.access() == PcmAccess.MMAP_COMPLEX) {
            return EINVAL;
        }
        info.clear();
        info.channel(channel);
        info.offset(0);
        info.first((int) params.firstBits(channel));
        info.step((int) params.stepBits());
        return call.write(views.channelInfoBytes());
    }

    /** What SYNC_PTR shows of the status page. */
    static void fill(SyncPtr sync, PcmRuntime r) {
        sync.state(r.state().code());
        sync.hwPtr(r.hwPtr());
        sync.tstampNanos(r.tstampNanos);
        sync.suspendedState(r.suspendedState.code());
        sync.audioTstampNanos(r.audioTstampNanos);
    }
}
