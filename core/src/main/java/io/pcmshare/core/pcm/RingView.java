package io.pcmshare.core.pcm;

import java.lang.foreign.MemorySegment;

/**
 * A ring and how its frames lie in it. Made once when parameters are chosen and when memory is
 * replaced, so that nothing is made per period.
 *
 * <p>Interleaved, frame N begins at {@code params.bytes(N)}. Otherwise each channel has a block of
 * {@code bufferBytes / channels} bytes, one behind the other. {@link #sampleOffset} knows both.
 * Kernel: sound/core/pcm_lib.c, snd_pcm_lib_ioctl_channel_info(), get_dma_ptr().
 *
 * @param memory the samples
 * @param params what they are
 */
public record RingView(MemorySegment memory, StreamParams params) {
    /** Refuses memory that is too small. */
    public RingView {
        if (memory.byteSize() < params.bufferBytes()) {
            throw new IllegalArgumentException(
                    "memory=" + memory.byteSize() + ", bufferBytes=" + params.bufferBytes());
        }
    }

    /** Whether the samples of a frame lie side by side. */
    public boolean isInterleaved() {
        return params.isInterleaved();
    }

    /** The first byte of a channel's sample of a frame; the next one's is {@link #stepBytes} on. */
    public long sampleOffset(int channel, long frame) {
        return (params.firstBits(channel) + frame * params.stepBits()) / Byte.SIZE;
    }

    /** Bytes from a sample to the next of its channel. */
    public long stepBytes() {
        return params.stepBits() / Byte.SIZE;
    }

    /** Overwrites frames with silence; wraps at the ring's end. */
    public void silence(long offsetFrames, long frames) {
        long first = Math.min(frames, params.bufferSize() - offsetFrames);
        silencePiece(offsetFrames, first);
        silencePiece(0, frames - first);
    }

    private void silencePiece(long offsetFrames, long frames) {
        if (isInterleaved()) {
            fill(params.bytes(offsetFrames), params.bytes(frames));
            return;
        }
        for (int channel = 0; channel < params.channels(); channel++) {
            fill(sampleOffset(channel, offsetFrames), params.sampleBytes(frames));
        }
    }

    /** Takes frames from another ring of the same shape, from the place they have here; no wrap. */
    void copyFrom(RingView other, long offsetFrames, long frames) {
        if (isInterleaved()) {
            copy(other, params.bytes(offsetFrames), params.bytes(frames));
            return;
        }
        for (int channel = 0; channel < params.channels(); channel++) {
            copy(other, sampleOffset(channel, offsetFrames), params.sampleBytes(frames));
        }
    }

    private void copy(RingView other, long offsetBytes, long bytes) {
        MemorySegment.copy(other.memory, offsetBytes, memory, offsetBytes, bytes);
    }

    private void fill(long offsetBytes, long bytes) {
        Silence.fill(memory, offsetBytes, bytes, params.format());
    }
}
