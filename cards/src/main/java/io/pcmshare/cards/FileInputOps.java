package io.pcmshare.cards;

import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.mix.FrameConverter;
import io.pcmshare.mix.FrameConverter.Shape;

import org.jspecify.annotations.Nullable;

/**
 * What is recorded comes from a WAV file, at the pace of the driver: from its beginning each time
 * that parameters are chosen, going on over xruns and restarts. Makes no system call; a page of the
 * file that nobody has read yet is read by the kernel meanwhile.
 */
final class FileInputOps extends PassOps {
    private final WavFile file;
    private final boolean repeats;
    private @Nullable FrameConverter converter;
    private long nextFrame;

    /**
     * Records from a file.
     *
     * @param pace the driver, whose own samples nobody hears
     * @param repeats whether the file begins again at its end, without a gap; else there is silence
     */
    FileInputOps(PcmOps pace, WavFile file, boolean repeats) {
        super(pace);
        this.file = file;
        this.repeats = repeats && file.frames() > 0;
    }

    @Override
    public int hwParams(StreamParams params) {
        int answer = super.hwParams(params);
        if (answer == 0) {
            WavFormat format = file.format();
            converter =
                    new FrameConverter(
                            new Shape(format.format(), format.channels()),
                            new Shape(params.format(), params.channels()));
            nextFrame = 0;
        }
        return answer;
    }

    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        FrameConverter by = converter;
        if (by == null) {
            return;
        }
        long done = 0;
        while (done < frames && nextFrame < file.frames()) {
            long piece = Math.min(frames - done, file.frames() - nextFrame);
            by.convert(
                    file.samples(),
                    nextFrame * file.format().frameBytes(),
                    ring.memory(),
                    ring.params().bytes(offsetFrames + done),
                    piece);
            nextFrame += piece;
            done += piece;
            if (repeats && nextFrame == file.frames()) {
                nextFrame = 0;
            }
        }
        if (done < frames) {
            ring.silence(offsetFrames + done, frames - done);
        }
    }
}
