package io.pcmshare.cards;

import io.pcmshare.abi.PcmState;
import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.params.PcmHardware;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.core.pcm.TriggerCommand;
import io.pcmshare.mix.FrameConverter.Shape;
import io.pcmshare.mix.MixBus;

import org.jspecify.annotations.Nullable;

/** One of the streams of a {@link Mixdown}. Threads: under the mixer card's lock. */
final class MixerOps implements PcmOps {
    private final CardModel model;
    private final Mixdown mixdown;
    private @Nullable Substream stream;
    private MixBus.@Nullable Input input;
    private boolean running;
    private long startFrame;
    private long framesBefore;

    /** Up to here on the mix its frames are asked for, and there the next one goes. */
    private long promisedFrame;

    private long nextFrame;

    MixerOps(CardModel model, Mixdown mixdown) {
        this.model = model;
        this.mixdown = mixdown;
    }

    /** Says which stream it is; before anybody opens it. */
    void stream(Substream newStream) {
        stream = newStream;
    }

    @Override
    public PcmHardware hardware() {
        return model.hardware();
    }

    @Override
    public void constrain(HwConstraints constraints) {
        model.constrain(constraints);
    }

    /** Opens the other card's stream as well: {@code EBUSY} where it has none free. */
    @Override
    public int hwParams(StreamParams params) {
        try {
            Shape shape = new Shape(params.format(), params.channels());
            input = mixdown.output().bus().input(shape);
            return 0;
        } catch (PcmOpenException e) {
            return e.errno().negated();
        }
    }

    @Override
    public void hwFree() {
        input = null;
    }

    @Override
    public int prepare(StreamParams params) {
        framesBefore = 0;
        return 0;
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        return switch (command) {
            case START, PAUSE_RELEASE, RESUME -> mixdown.start(this, nowNanos);
            case STOP, PAUSE_PUSH, SUSPEND -> {
                if (running) {
                    framesBefore += promisedFrame - startFrame;
                    running = false;
                    mixdown.stop(this);
                }
                yield 0;
            }
        };
    }

    void startedAt(long frame) {
        running = true;
        startFrame = frame;
        promisedFrame = frame;
        nextFrame = frame;
    }

    /** Before this frame nothing of this stream comes any more. */
    long passedFrame() {
        return nextFrame;
    }

    @Override
    public long moved(long nowNanos) {
        if (!running) {
            return framesBefore;
        }
        // one that ran empty between two looks has nothing to say up to here
        nextFrame = promisedFrame;
        mixdown.handOn();
        promisedFrame = mixdown.frame(nowNanos);
        Substream gone = stream;
        if (gone != null && mixdown.isGone()) {
            var _ = gone.stop(PcmState.DISCONNECTED);
            return framesBefore;
        }
        return framesBefore + promisedFrame - startFrame;
    }

    @Override
    public long nanosAt(long frames) {
        return running ? mixdown.nanosAt(startFrame + frames - framesBefore) : Long.MAX_VALUE;
    }

    @Override
    public long lookNanos() {
        return running ? mixdown.lookNanos() : Long.MAX_VALUE;
    }

    @Override
    public long queuedFrames() {
        return running ? mixdown.queuedFrames() : 0;
    }

    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        MixBus.Input to = input;
        if (to == null) {
            return;
        }
        to.add(ring.memory(), ring.params().bytes(offsetFrames), frames, nextFrame);
        nextFrame += frames;
        mixdown.added(nextFrame);
    }
}
