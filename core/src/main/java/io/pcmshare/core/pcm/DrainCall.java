package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;

import org.jspecify.annotations.Nullable;

/**
 * A DRAIN that waits until the last queued frame of the stream and of all that are linked to it was
 * heard. Kernel: sound/core/pcm_native.c, snd_pcm_drain().
 */
final class DrainCall extends BlockingCall {
    private boolean begun;

    DrainCall(PcmFile file, PcmCaller caller) {
        super(file, caller);
    }

    @Override
    long proceed() {
        synchronized (lock()) {
            Substream s = substream();
            if (file.gone() < 0) {
                return file.gone();
            }
            if (!begun) {
                begun = true;
                int answer = PcmOperations.drainInit(s);
                if (answer < 0) {
                    return answer;
                }
                s.card().scheduleChanged();
            }
            PcmState state = s.runtime().state();
            if (state == PcmState.DISCONNECTED) {
                return Errno.ENODEV.negated();
            }
            if (state == PcmState.SUSPENDED) {
                return Errno.ESTRPIPE.negated();
            }
            if (isExpired()) {
                PcmOperations.stop(s, PcmState.SETUP);
                return Errno.EIO.negated();
            }
            Substream draining = draining(s);
            return draining == null ? 0 : park(draining, Patience.nanos(draining.runtime().params));
        }
    }

    private static @Nullable Substream draining(Substream s) {
        for (Substream member : s.group().members()) {
            if (!member.isCapture() && member.runtime().state() == PcmState.DRAINING) {
                return member;
            }
        }
        return null;
    }

    @Override
    long endEarly(int errno) {
        return errno;
    }
}
