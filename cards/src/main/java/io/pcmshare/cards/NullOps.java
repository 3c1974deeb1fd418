package io.pcmshare.cards;

import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.pcm.RingView;

/** Plays nowhere and records silence. Makes no system call. */
final class NullOps extends TimedOps {
    private final CardModel model;
    private final boolean capture;

    NullOps(CardModel model, boolean capture) {
        super(model.hardware());
        this.model = model;
        this.capture = capture;
    }

    @Override
    public void constrain(HwConstraints constraints) {
        model.constrain(constraints);
    }

    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        if (capture) {
            ring.silence(offsetFrames, frames);
        }
    }
}
