package io.pcmshare.cards;

import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;

import java.lang.foreign.MemorySegment;

/** What is recorded comes from a WAV file; after its end, silence. Makes no system call. */
final class WavCaptureOps extends TimedOps {
    private final WavFile file;
    private long nextFrame;

    /**
     * Records what a file holds.
     *
     * @param model limited to what the file is: nothing is converted here
     */
    WavCaptureOps(CardModel model, WavFile file) {
        super(model);
        this.file = file;
    }

    @Override
    public int prepare(StreamParams params) {
        nextFrame = 0;
        return super.prepare(params);
    }

    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        StreamParams params = ring.params();
        long there = Math.clamp(file.frames() - nextFrame, 0, frames);
        if (there > 0) {
            MemorySegment.copy(
                    file.samples(),
                    params.bytes(nextFrame),
                    ring.memory(),
                    params.bytes(offsetFrames),
                    params.bytes(there));
        }
        if (there < frames) {
            ring.silence(offsetFrames + there, frames - there);
        }
        nextFrame += frames;
    }
}
