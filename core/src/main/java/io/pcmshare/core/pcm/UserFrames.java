package io.pcmshare.core.pcm;

import java.lang.foreign.MemorySegment;

/** The client's side of a transfer: its buffer, wherever that is. */
@FunctionalInterface
public interface UserFrames {
    /**
     * Copies between the ring and the client's buffer, in the stream's direction.
     *
     * @param ring the ring's memory
     * @param ringOffset first byte in the ring
     * @param userOffset first byte in the client's buffer
     * @param bytes how many
     * @return 0, or a negated {@code EFAULT} when the buffer is not there
     */
    int copy(MemorySegment ring, long ringOffset, long userOffset, long bytes);
}
