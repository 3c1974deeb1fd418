package io.pcmshare.core.pcm;

/** Moves frames between the ring and wherever the client's are. */
@FunctionalInterface
interface FrameMover {
    /**
     * Copies in the stream's direction, one piece that does not wrap.
     *
     * @param ringFrame first frame in the ring
     * @param clientFrame first frame of the transfer
     * @return 0, or a negated {@code EFAULT}
     */
    int move(RingView ring, long ringFrame, long clientFrame, long frames);
}
