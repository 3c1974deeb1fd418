package io.pcmshare.cards;

import io.pcmshare.abi.PcmState;
import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.params.PcmHardware;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.Substream;

import org.jspecify.annotations.Nullable;

/** What both directions of a device of the machine have in common. */
abstract class HwOps implements PcmOps {
    private final CardModel model;
    private final HwModel asked;
    private @Nullable Substream stream;

    /**
     * A driver of an open device.
     *
     * @param model its outer bounds, and what the user took away
     */
    HwOps(PcmNode node, CardModel model) {
        this.model = model;
        this.asked = new HwModel(node);
    }

    /** Says which stream it is; before anybody opens it. */
    final void stream(Substream newStream) {
        stream = newStream;
    }

    @Override
    public final PcmHardware hardware() {
        return model.hardware();
    }

    @Override
    public final void constrain(HwConstraints constraints) {
        model.constrain(constraints);
        asked.constrain(constraints);
    }

    /** Stops the stream where the device has stopped by itself; whether it has. */
    final boolean hasStopped(PcmState state) {
        Substream stopped = stream;
        if (stopped == null || (state != PcmState.XRUN && state != PcmState.DISCONNECTED)) {
            return false;
        }
        var _ = stopped.stop(state);
        return true;
    }
}
