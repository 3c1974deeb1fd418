package io.pcmshare.core.pcm;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.HwParams;
import io.pcmshare.abi.PcmChannelInfo;
import io.pcmshare.abi.PcmFrameFence;
import io.pcmshare.abi.PcmInfo;
import io.pcmshare.abi.PcmStatus;
import io.pcmshare.abi.SwParams;
import io.pcmshare.abi.SyncPtr;
import io.pcmshare.abi.XferI;
import io.pcmshare.abi.XferN;
import io.pcmshare.core.params.HwParamSpace;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a thread that serves ioctls works in: a copy of the argument, views of it, room for samples
 * on their way. Made once, so that calls allocate nothing.
 *
 * <p>Samples take a step through here because the caller's memory may make us wait, which must not
 * happen under the card's lock, and the ring may be gone when it has. Threads: one.
 */
public final class CallScratch {
    /** As large as the largest argument, {@code struct snd_pcm_hw_params}, and some. */
    private static final long ARGUMENT_BYTES = 1024;

    /** Samples that travel at once. */
    static final long SAMPLE_BYTES = 64 * 1024;

    final MemorySegment argument;
    final MemorySegment samples;
    final IoctlCall call = new IoctlCall(this);
    final StatusSample status = new StatusSample();
    final HwParamSpace space = new HwParamSpace();
    final PcmInfo info;
    final PcmFrameFence frameFence;
    private final Map<DataModel, Views> views = new EnumMap<>(DataModel.class);

    /** The argument as each struct of one data model. */
    record Views(
            HwParams hwParams,
            SwParams swParams,
            PcmStatus status,
            SyncPtr syncPtr,
            PcmChannelInfo channelInfo,
            XferI xfer,
            XferN xferN,
            long hwParamsBytes,
            long swParamsBytes,
            long statusBytes,
            long syncPtrBytes,
            long channelInfoBytes,
            long xferBytes) {}

    /** Works in memory of this arena. */
    public CallScratch(Arena arena) {
        argument = arena.allocate(ARGUMENT_BYTES, Long.BYTES);
        samples = arena.allocate(SAMPLE_BYTES, 64);
        info = new PcmInfo(argument);
        frameFence = new PcmFrameFence(argument);
        for (DataModel model : DataModel.values()) {
            views.put(model, viewsOf(model));
        }
    }

    private Views viewsOf(DataModel model) {
        return new Views(
                new HwParams(argument, model),
                new SwParams(argument, model),
                new PcmStatus(argument, model),
                new SyncPtr(argument, model),
                new PcmChannelInfo(argument, model),
                new XferI(argument, model),
                new XferN(argument, model),
                HwParams.layout(model).byteSize(),
                SwParams.layout(model).byteSize(),
                PcmStatus.layout(model).byteSize(),
                SyncPtr.layout(model).byteSize(),
                PcmChannelInfo.layout(model).byteSize(),
                XferI.layout(model).byteSize());
    }

    /** Writes a long of a program of that model; 0 or a negated {@code EFAULT}. */
    int putWord(PcmCaller caller, long address, DataModel model, long value) {
        if (model == DataModel.LP64) {
            argument.set(ValueLayout.JAVA_LONG, 0, value);
        } else {
            argument.set(ValueLayout.JAVA_INT, 0, (int) value);
        }
        return caller.write(address, argument, 0, model.longBytes());
    }

    Views views(DataModel model) {
        return Objects.requireNonNull(views.get(model));
    }
}
