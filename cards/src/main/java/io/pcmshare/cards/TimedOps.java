package io.pcmshare.cards;

import io.pcmshare.core.clock.FrameCounter;
import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.params.PcmHardware;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.TriggerCommand;

/** A driver without hardware: frames move as the card's clock says. */
abstract class TimedOps implements PcmOps {
    private final CardModel model;
    private final FrameCounter counter = new FrameCounter();

    TimedOps(CardModel model) {
        this.model = model;
    }

    @Override
    public PcmHardware hardware() {
        return model.hardware();
    }

    @Override
    public void constrain(HwConstraints constraints) {
        model.constrain(constraints);
    }

    @Override
    public int prepare(StreamParams params) {
        counter.reset(params.rate());
        return 0;
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        switch (command) {
            case START, PAUSE_RELEASE, RESUME -> counter.start(nowNanos);
            case STOP, PAUSE_PUSH, SUSPEND -> counter.stop(nowNanos);
        }
        return 0;
    }

    @Override
    public long moved(long nowNanos) {
        return counter.frames(nowNanos);
    }

    @Override
    public long nanosAt(long frames) {
        return counter.nanosAt(frames);
    }
}
