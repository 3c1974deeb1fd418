package io.pcmshare.cards;

import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.params.PcmHardware;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.core.pcm.TriggerCommand;

import org.jspecify.annotations.Nullable;

/** Something between a stream and its driver; passes on what it does not change. */
abstract class PassOps implements PcmOps {
    private final PcmOps next;

    PassOps(PcmOps next) {
        this.next = next;
    }

    @Override
    public PcmHardware hardware() {
        return next.hardware();
    }

    @Override
    public void constrain(HwConstraints constraints) {
        next.constrain(constraints);
    }

    @Override
    public boolean isSlow() {
        return next.isSlow();
    }

    @Override
    public void foresee(StreamParams params) {
        next.foresee(params);
    }

    @Override
    public int hwParams(StreamParams params) {
        return next.hwParams(params);
    }

    @Override
    public void hwFree() {
        next.hwFree();
    }

    @Override
    public int prepare(StreamParams params) {
        return next.prepare(params);
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        return next.trigger(command, nowNanos);
    }

    @Override
    public long moved(long nowNanos) {
        return next.moved(nowNanos);
    }

    @Override
    public long nanosAt(long frames) {
        return next.nanosAt(frames);
    }

    @Override
    public long lookNanos() {
        return next.lookNanos();
    }

    @Override
    public long queuedFrames() {
        return next.queuedFrames();
    }

    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        next.transfer(ring, offsetFrames, frames);
    }

    @Override
    public @Nullable Substream source() {
        return next.source();
    }

    @Override
    public void close() {
        next.close();
    }
}
