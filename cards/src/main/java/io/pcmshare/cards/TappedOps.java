package io.pcmshare.cards;

import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.core.pcm.TriggerCommand;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Lets others listen to a stream. Audio path: allocates nothing; makes the system calls of the
 * driver and of those who listen.
 */
final class TappedOps extends PassOps {
    private static final StreamTap[] NOBODY = {};

    private final PcmOps next;
    private final List<TapFactory> factories;
    private final boolean capture;
    private @Nullable Substream stream;
    private StreamTap[] taps = NOBODY;

    TappedOps(PcmOps next, List<TapFactory> factories, boolean capture) {
        super(next);
        this.next = next;
        this.factories = List.copyOf(factories);
        this.capture = capture;
    }

    /** Says which stream it is; before anybody opens it. */
    void stream(Substream newStream) {
        stream = newStream;
    }

    /** A stream is opened: the one call that a driver gets then. */
    @Override
    public void constrain(HwConstraints constraints) {
        super.constrain(constraints);
        // where an open failed half-way, nobody closed
        tellClosed();
        List<StreamTap> found = new ArrayList<>();
        Substream opened = stream;
        for (TapFactory factory : factories) {
            StreamTap tap = opened == null ? null : factory.opened(opened);
            if (tap != null) {
                found.add(tap);
            }
        }
        taps = found.toArray(NOBODY);
    }

    @Override
    public int hwParams(StreamParams params) {
        int answer = super.hwParams(params);
        for (int i = 0; answer == 0 && i < taps.length; i++) {
            taps[i].params(params);
        }
        return answer;
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        int answer = super.trigger(command, nowNanos);
        for (int i = 0; answer == 0 && i < taps.length; i++) {
            switch (command) {
                case START, PAUSE_RELEASE, RESUME -> taps[i].started();
                case STOP, PAUSE_PUSH, SUSPEND -> taps[i].stopped();
            }
        }
        return answer;
    }

    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        if (capture) {
            next.transfer(ring, offsetFrames, frames);
        }
        for (StreamTap tap : taps) {
            tap.frames(ring, offsetFrames, frames);
        }
        if (!capture) {
            next.transfer(ring, offsetFrames, frames);
        }
    }

    @Override
    public void close() {
        super.close();
        tellClosed();
    }

    private void tellClosed() {
        for (StreamTap tap : taps) {
            tap.closed();
        }
        taps = NOBODY;
    }
}
