package io.pcmshare.core.pcm;

import java.lang.foreign.MemorySegment;

/**
 * A ring and how its frames lie in it. Made once when parameters are chosen and when memory is
 * replaced, so that nothing is made per period.
 *
 * @param memory the samples, interleaved
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

    /** Overwrites frames with silence; wraps at the ring's end. */
    public void silence(long offsetFrames, long frames) {
        long first = Math.min(frames, params.bufferSize() - offsetFrames);
        fill(params.bytes(offsetFrames), params.bytes(first));
        fill(0, params.bytes(frames - first));
    }

    private void fill(long offsetBytes, long bytes) {
        Silence.fill(memory, offsetBytes, bytes, params.format());
    }
}
