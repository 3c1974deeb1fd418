package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;

import java.lang.foreign.MemorySegment;

/** What is recorded comes from a WAV file; after its end, silence. Makes no system call. */
final class WavCaptureOps extends TimedOps {
    private final WavFile file;
    private long nextFrame;

    WavCaptureOps(WavFile file) {
        super(CardModels.WAV);
        this.file = file;
    }

    /** Only what the file is: nothing is converted here. */
    @Override
    public void constrain(HwConstraints constraints) {
        WavFormat format = file.format();
        constraints
                .mask(HwParam.FORMAT, format.format().maskBit())
                .minmax(HwParam.CHANNELS, format.channels(), format.channels())
                .minmax(HwParam.RATE, format.rate(), format.rate());
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
