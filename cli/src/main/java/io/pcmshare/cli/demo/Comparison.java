package io.pcmshare.cli.demo;

import io.pcmshare.cards.WavFile;
import io.pcmshare.core.pcm.Silence;

import java.lang.foreign.MemorySegment;

/** What was recorded, held against what was played. */
final class Comparison {
    private final WavFile file;
    private final WavFile recording;
    private final int frameBytes;

    Comparison(WavFile file, WavFile recording) {
        this.file = file;
        this.recording = recording;
        this.frameBytes = file.format().frameBytes();
    }

    /** The first frame that differs; -1 when all are equal and there are as many. */
    long firstDifference() {
        if (!file.format().equals(recording.format())) {
            return 0;
        }
        long mismatch = file.samples().mismatch(recording.samples());
        return mismatch < 0 ? -1 : mismatch / frameBytes;
    }

    /**
     * The first frame that differs when the client was cut off at a frame: before it the recording
     * has to be the file, from it on silence.
     *
     * @return -1 when none does
     */
    long firstDifference(long cut) {
        if (!file.format().equals(recording.format())) {
            return 0;
        }
        long frames = recording.frames();
        long heard = Math.min(cut, Math.min(frames, file.frames()));
        MemorySegment expected = file.samples().asSlice(0, heard * frameBytes);
        long mismatch = expected.mismatch(recording.samples().asSlice(0, heard * frameBytes));
        if (mismatch >= 0) {
            return mismatch / frameBytes;
        }
        for (long frame = heard; frame < frames; frame++) {
            boolean silent =
                    Silence.isSilent(
                            recording.samples(),
                            frame * frameBytes,
                            frameBytes,
                            file.format().format());
            if (!silent) {
                return frame;
            }
        }
        return frames < cut ? frames : -1;
    }
}
