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
import io.pcmshare.mix.FrameConverter;
import io.pcmshare.mix.FrameConverter.Shape;

import org.jspecify.annotations.Nullable;

/** One of those who record from a mixer card. Threads: under the mixer card's lock. */
final class MixerCaptureOps implements PcmOps {
    private final CardModel model;
    private final Mixdown mixdown;
    private @Nullable Substream stream;
    private @Nullable MixInput input;
    private @Nullable FrameConverter converter;
    private boolean running;
    private long startFrame;
    private long framesBefore;

    /** Up to here it was told that there are frames, and from there on it reads. */
    private long promisedFrame;

    private long nextFrame;

    MixerCaptureOps(CardModel model, Mixdown mixdown) {
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
            MixInput from = mixdown.input();
            input = from;
            Shape to = new Shape(params.format(), params.channels());
            converter = new FrameConverter(from.shape(), to);
            return 0;
        } catch (PcmOpenException e) {
            return e.errno().negated();
        }
    }

    @Override
    public int prepare(StreamParams params) {
        framesBefore = 0;
        return 0;
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        MixInput from = input;
        if (from == null) {
            return 0;
        }
        switch (command) {
            case START, PAUSE_RELEASE, RESUME -> {
                int answer = from.start(nowNanos);
                if (answer < 0) {
                    return answer;
                }
                running = true;
                startFrame = from.frame(nowNanos);
                promisedFrame = startFrame;
            }
            case STOP, PAUSE_PUSH, SUSPEND -> {
                if (running) {
                    running = false;
                    framesBefore += promisedFrame - startFrame;
                    from.stop();
                }
            }
        }
        return 0;
    }

    @Override
    public long moved(long nowNanos) {
        MixInput from = input;
        if (!running || from == null) {
            return framesBefore;
        }
        nextFrame = promisedFrame;
        promisedFrame = from.frame(nowNanos);
        Substream gone = stream;
        if (gone != null && from.isGone()) {
            var _ = gone.stop(PcmState.DISCONNECTED);
            return framesBefore;
        }
        return framesBefore + promisedFrame - startFrame;
    }

    @Override
    public long nanosAt(long frames) {
        MixInput from = input;
        return running && from != null
                ? from.nanosAt(startFrame + frames - framesBefore)
                : Long.MAX_VALUE;
    }

    @Override
    public long lookNanos() {
        MixInput from = input;
        return running && from != null ? from.lookNanos() : Long.MAX_VALUE;
    }

    /** What is no longer kept, because nobody looked for so long, is silence. */
    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        MixInput from = input;
        FrameConverter by = converter;
        if (from == null || by == null) {
            return;
        }
        int capacity = from.capacity();
        long done = Math.clamp(promisedFrame - capacity - nextFrame, 0, frames);
        ring.silence(offsetFrames, done);
        int frameBytes = from.shape().frameBytes();
        while (done < frames) {
            long place = (nextFrame + done) % capacity;
            long piece = Math.min(frames - done, capacity - place);
            long at = ring.params().bytes(offsetFrames + done);
            by.convert(from.kept(), place * frameBytes, ring.memory(), at, piece);
            done += piece;
        }
        nextFrame += frames;
    }
}
