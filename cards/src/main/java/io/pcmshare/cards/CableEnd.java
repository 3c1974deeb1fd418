package io.pcmshare.cards;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmState;
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

/**
 * One end of a {@link Cable}. Makes no system call. Kernel: sound/drivers/aloop.c; what it answers
 * when the two ends do not fit was recorded from Linux 6.1.
 */
final class CableEnd implements PcmOps {
    private final CardModel model;
    private final Cable cable;
    private final boolean capture;
    private final Supplier<@Nullable Substream> other;
    private boolean open;
    private boolean running;
    private long startFrame;
    private long framesBefore;
    private long transferred;
    private @Nullable StreamParams params;

    /**
     * An end.
     *
     * @param other the stream at the other end
     */
    CableEnd(CardModel model, Cable cable, boolean capture, Supplier<@Nullable Substream> other) {
        this.model = model;
        this.cable = cable;
        this.capture = capture;
        this.other = other;
    }

    @Override
    public PcmHardware hardware() {
        return model.hardware();
    }

    /** From a {@code prepare} of either end on, only what was prepared. */
    @Override
    public void constrain(HwConstraints constraints) {
        if (!open) {
            // where an open failed half-way, nobody closed
            open = true;
            cable.opened();
        }
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
    public int hwParams(StreamParams chosen) {
        if (capture) {
            cable.allocate(chosen);
        }
        return 0;
    }

    @Override
    public void hwFree() {
        cable.freed(capture);
        if (capture) {
            cable.release();
        }
    }

    @Override
    public int prepare(StreamParams chosen) {
        cable.prepared(chosen, capture);
        params = chosen;
        framesBefore = 0;
        transferred = 0;
        return 0;
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        switch (command) {
            case START -> {
                int answer = makeFit();
                if (answer < 0) {
                    return answer;
                }
                start(nowNanos);
            }
            case PAUSE_RELEASE, RESUME -> start(nowNanos);
            case STOP, PAUSE_PUSH, SUSPEND -> stop(nowNanos);
        }
        if (capture && running) {
            cable.record(startFrame);
        } else if (capture) {
            cable.stopRecording();
        } else {
            cable.elements().active(running);
        }
        return 0;
    }

    /** A recorder cannot start beside a player of another sound; a player stops the recorder. */
    private int makeFit() {
        if (cable.areEndsDifferent()) {
            if (capture) {
                return Errno.EIO.negated();
            }
            Substream recorder = other.get();
            if (recorder != null && recorder.isRunning()) {
                recorder.stop(PcmState.DRAINING);
            }
        }
        StreamParams played = params;
        if (!capture && played != null) {
            cable.elements().played(played);
        }
        return 0;
    }

    private void start(long nowNanos) {
        StreamParams of = params;
        startFrame = cable.start(nowNanos, of == null ? 1 : of.rate());
        running = true;
    }

    private void stop(long nowNanos) {
        if (running) {
            framesBefore = moved(nowNanos);
            running = false;
            cable.stop();
        }
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

    /** The player, whose position must be known before the recorder's. */
    @Override
    public @Nullable Substream source() {
        return capture ? other.get() : null;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            cable.closed();
        }
    }
}
