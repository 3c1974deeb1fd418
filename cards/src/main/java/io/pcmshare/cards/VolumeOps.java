package io.pcmshare.cards;

import io.pcmshare.core.ctl.Gain;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.mix.Amplifier;
import io.pcmshare.mix.Samples;

import org.jspecify.annotations.Nullable;

/**
 * The card's volume between a stream and its driver.
 *
 * <p>At full volume the very ring is handed on. Else what is played is amplified into memory of our
 * own, because the ring is the client's, and what is recorded where it lies. A change takes {@value
 * #RAMP_MILLIS} ms; a stream that begins has its volume at once. Samples that are no numbers (DSD,
 * IEC 958) pass as they are. Audio path: allocates nothing; softer than full the driver gets
 * playback in pieces of 2048 frames, and makes its system calls for each.
 */
final class VolumeOps extends PassOps {
    private static final int RAMP_MILLIS = 5;

    private final PcmOps next;
    private final Gain gain;
    private final boolean capture;
    private @Nullable Amplifier amplifier;
    private @Nullable ScratchRing scratch;
    private boolean isFresh;

    VolumeOps(PcmOps next, Gain gain, boolean capture) {
        super(next);
        this.next = next;
        this.gain = gain;
        this.capture = capture;
    }

    @Override
    public int hwParams(StreamParams params) {
        release();
        int answer = super.hwParams(params);
        if (answer == 0 && Samples.areNumbers(params.format())) {
            int rampFrames = params.rate() * RAMP_MILLIS / 1000;
            amplifier = new Amplifier(params.format(), params.channels(), rampFrames);
            scratch = capture ? null : new ScratchRing(params);
        }
        return answer;
    }

    @Override
    public void hwFree() {
        super.hwFree();
        release();
    }

    @Override
    public int prepare(StreamParams params) {
        isFresh = true;
        return super.prepare(params);
    }

    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        Amplifier by = amplifier;
        if (by == null) {
            next.transfer(ring, offsetFrames, frames);
            return;
        }
        aim(by, ring.params().channels());
        if (capture) {
            next.transfer(ring, offsetFrames, frames);
            if (!by.isTransparent()) {
                long at = ring.params().bytes(offsetFrames);
                by.apply(ring.memory(), at, ring.memory(), at, frames);
            }
        } else if (by.isTransparent()) {
            next.transfer(ring, offsetFrames, frames);
        } else {
            play(by, ring, offsetFrames, frames);
        }
    }

    private void aim(Amplifier by, int channels) {
        for (int channel = 0; channel < channels; channel++) {
            by.aim(channel, gain.gainQ16(channel));
        }
        if (isFresh) {
            by.jump();
            isFresh = false;
        }
    }

    private void play(Amplifier by, RingView ring, long offsetFrames, long frames) {
        ScratchRing to = scratch;
        if (to == null) {
            return;
        }
        for (long done = 0; done < frames; ) {
            long piece = Math.min(to.frames(), frames - done);
            long at = ring.params().bytes(offsetFrames + done);
            by.apply(ring.memory(), at, to.ring().memory(), 0, piece);
            next.transfer(to.ring(), 0, piece);
            done += piece;
        }
    }

    @Override
    public void close() {
        super.close();
        release();
    }

    private void release() {
        amplifier = null;
        if (scratch != null) {
            scratch.close();
            scratch = null;
        }
    }
}
