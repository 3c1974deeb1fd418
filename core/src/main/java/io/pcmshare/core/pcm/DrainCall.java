package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;

/**
 * A DRAIN that waits until the last queued frame of the stream and of all that are linked to it was
 * heard. Kernel: sound/core/pcm_native.c, snd_pcm_drain().
 */
final class DrainCall extends BlockingCall {
    private boolean begun;

    DrainCall(Substream substream, PcmCaller caller) {
        super(substream, caller);
    }

    @Override
    public long run() {
        synchronized (lock()) {
            if (!substream.isBusy()) {
                return Errno.EBADFD.negated();
            }
            if (!begun) {
                begun = true;
                int answer = PcmOperations.drainInit(substream);
                if (answer < 0) {
                    return answer;
                }
                substream.card().scheduleChanged();
            }
            PcmState state = substream.runtime().state();
            if (state == PcmState.SUSPENDED) {
                return Errno.ESTRPIPE.negated();
            }
            if (state == PcmState.DISCONNECTED) {
                return Errno.ENODEV.negated();
            }
            return isDraining() ? park() : 0;
        }
    }

    private boolean isDraining() {
        for (Substream member : substream.group().members()) {
            if (!member.isCapture() && member.runtime().state() == PcmState.DRAINING) {
                return true;
            }
        }
        return false;
    }

    @Override
    long endEarly(int errno) {
        return errno;
    }
}
