package io.pcmshare.cards;

import io.pcmshare.core.pcm.RingView;

/** Plays nowhere and records silence. Makes no system call. */
final class NullOps extends TimedOps {
    private final boolean capture;

    NullOps(CardModel model, boolean capture) {
        super(model);
        this.capture = capture;
    }

    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        if (capture) {
            ring.silence(offsetFrames, frames);
        }
    }
}
