package io.pcmshare.core.pcm;

import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;

/**
 * The hardware parameters that a stream runs with. Kernel: include/sound/pcm.h, {@code struct
 * snd_pcm_runtime}, "HW params".
 *
 * @param stream direction
 * @param access how the client reaches the samples
 * @param format sample format
 * @param channels samples in a frame
 * @param rate frames a second
 * @param periodSize frames between two wake-ups
 * @param bufferSize frames in the ring
 * @param noPeriodWakeup whether the client asked not to be woken
 */
public record StreamParams(
        PcmStream stream,
        PcmAccess access,
        PcmFormat format,
        int channels,
        int rate,
        long periodSize,
        long bufferSize,
        boolean noPeriodWakeup) {
    /** Refuses what refinement never yields. */
    public StreamParams {
        if (channels <= 0 || rate <= 0 || periodSize <= 0 || bufferSize <= 0) {
            throw new IllegalArgumentException(
                    "channels="
                            + channels
                            + ", rate="
                            + rate
                            + ", periodSize="
                            + periodSize
                            + ", bufferSize="
                            + bufferSize);
        }
    }

    /** Bits of one frame. */
    public long frameBits() {
        return (long) format.physicalWidth() * channels;
    }

    /** Bytes of this many frames. */
    public long bytes(long frames) {
        return frames * frameBits() / 8;
    }

    /** Whole frames in this many bytes; a frame may be less than a byte. */
    public long frames(long bytes) {
        return bytes * Byte.SIZE / frameBits();
    }

    /** Whether so many bytes are whole frames. Kernel: sound/core/pcm_native.c, frame_aligned(). */
    public boolean isWholeFrames(long bytes) {
        return bytes * Byte.SIZE % frameBits() == 0;
    }

    /** Bytes of this many samples of one channel. */
    public long sampleBytes(long samples) {
        return samples * format.physicalWidth() / 8;
    }

    /**
     * Whether the samples of a frame lie side by side in the ring; else each channel has a block of
     * its own. With one channel there is no difference.
     */
    public boolean isInterleaved() {
        return access.isInterleaved() || channels == 1;
    }

    /** Bits from the ring's beginning to the first sample of a channel. */
    public long firstBits(int channel) {
        long before = isInterleaved() ? channel : channel * bufferSize;
        return before * format.physicalWidth();
    }

    /** Bits from a sample to the next of its channel. */
    public long stepBits() {
        return isInterleaved() ? frameBits() : format.physicalWidth();
    }

    /** Bytes of the ring. */
    public long bufferBytes() {
        return bytes(bufferSize);
    }
}
