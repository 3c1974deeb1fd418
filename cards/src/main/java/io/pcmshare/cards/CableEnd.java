package io.pcmshare.cards;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.params.HwRule;
import io.pcmshare.core.params.Interval;
import io.pcmshare.core.params.PcmHardware;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.core.pcm.TriggerCommand;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Supplier;

/** One end of a {@link Cable}. Makes no system call. */
final class CableEnd implements PcmOps {
    private final CardModel model;
    private final Cable cable;
    private final boolean capture;
    private final Supplier<@Nullable Substream> source;
    private boolean prepared;
    private boolean running;
    private long startFrame;
    private long framesBefore;
    private long transferred;
    private int rate;

    /**
     * An end.
     *
     * @param source the playing end, asked for by the recording one
     */
    CableEnd(CardModel model, Cable cable, boolean capture, Supplier<@Nullable Substream> source) {
        this.model = model;
        this.cable = cable;
        this.capture = capture;
        this.source = source;
    }

    @Override
    public PcmHardware hardware() {
        return model.hardware();
    }

    /** While the other end is prepared, only what it runs with. */
    @Override
    public void constrain(HwConstraints constraints) {
        model.constrain(constraints);
        constraints
                .rule(rule(HwParam.FORMAT))
                .rule(rule(HwParam.RATE))
                .rule(rule(HwParam.CHANNELS));
    }

    private HwRule rule(HwParam param) {
        Interval only = new Interval();
        return new HwRule(0, param, List.of(param), params -> refine(params, param, only));
    }

    private int refine(HwParamSpace params, HwParam param, Interval only) {
        StreamParams agreed = cable.agreed();
        if (agreed == null) {
            return Interval.SAME;
        }
        if (param == HwParam.FORMAT) {
            return params.refineMask(param, agreed.format().maskBit());
        }
        only.setValue(param == HwParam.RATE ? agreed.rate() : agreed.channels());
        return params.interval(param).refine(only);
    }

    @Override
    public int hwParams(StreamParams params) {
        if (capture) {
            cable.allocate(params);
        }
        return 0;
    }

    @Override
    public void hwFree() {
        leave();
        if (capture) {
            cable.release();
        }
    }

    @Override
    public int prepare(StreamParams params) {
        StreamParams agreed = cable.agreed();
        if (!prepared && agreed != null && !isSameSound(agreed, params)) {
            return Errno.EIO.negated();
        }
        if (!prepared) {
            cable.prepared(params);
            prepared = true;
        }
        rate = params.rate();
        framesBefore = 0;
        transferred = 0;
        return 0;
    }

    private static boolean isSameSound(StreamParams a, StreamParams b) {
        return a.format() == b.format() && a.rate() == b.rate() && a.channels() == b.channels();
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        switch (command) {
            case START, PAUSE_RELEASE, RESUME -> {
                startFrame = cable.start(nowNanos, rate);
                running = true;
            }
            case STOP, PAUSE_PUSH, SUSPEND -> {
                framesBefore = moved(nowNanos);
                running = false;
                cable.stop();
            }
        }
        if (capture && running) {
            cable.record(startFrame);
        } else if (capture) {
            cable.stopRecording();
        }
        return 0;
    }

    @Override
    public long moved(long nowNanos) {
        return running ? framesBefore + cable.frames(nowNanos) - startFrame : framesBefore;
    }

    @Override
    public long nanosAt(long frames) {
        return running
                ? cable.nanosAt(startFrame + Math.max(0, frames - framesBefore))
                : Long.MAX_VALUE;
    }

    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        long atFrame = startFrame + transferred - framesBefore;
        if (capture) {
            cable.take(ring, offsetFrames, frames, atFrame);
        } else {
            cable.put(ring, offsetFrames, frames, atFrame);
        }
        transferred += frames;
    }

    @Override
    public @Nullable Substream source() {
        return source.get();
    }

    @Override
    public void close() {
        leave();
    }

    private void leave() {
        if (prepared) {
            prepared = false;
            cable.unprepared();
        }
    }
}
