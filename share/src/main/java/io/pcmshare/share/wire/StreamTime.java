package io.pcmshare.share.wire;

import io.pcmshare.core.clock.FrameTime;

/**
 * Where a stream is at a time, predicted from its start: all that a client without a status page
 * knows.
 *
 * @param startNanos {@code CLOCK_MONOTONIC} at frame 0, nanoseconds
 * @param rate frames a second
 */
public record StreamTime(long startNanos, int rate) {
    /** Frames moved at a time; 0 before the start. */
    public long framesAt(long nanos) {
        return FrameTime.frames(Math.max(0, nanos - startNanos), rate);
    }

    /** When this many frames have moved. */
    public long nanosAt(long frames) {
        return startNanos + FrameTime.nanos(frames, rate);
    }
}
