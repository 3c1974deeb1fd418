package io.pcmshare.core.pcm;

import io.pcmshare.abi.PcmState;

/** When a stream needs somebody to look at it. Threads: under the card's lock. */
final class Schedule {
    private Schedule() {}

    /**
     * The end of the running period or of the queue, a frame that is marked, what a driver wants.
     */
    static long nextTickNanos(Substream s) {
        PcmRuntime r = s.runtime();
        StreamParams params = r.params;
        if (params == null || !r.isRunning(s.isCapture())) {
            return Long.MAX_VALUE;
        }
        long period = params.periodSize();
        long next = (r.movedFrames / period + 1) * period;
        if (r.state() == PcmState.DRAINING) {
            long queued = Math.max(1, Positions.hwAvail(s, r));
            next = Math.min(next, r.movedFrames + queued);
        }
        long marked = Math.min(next, s.frames().nextTarget());
        return Math.min(s.ops().nanosAt(marked), s.ops().lookNanos());
    }

    /**
     * How far time may move before the client has something to do: until {@code avail_min} frames
     * are there. Going no further keeps a playback ring as full as its client keeps it, so that a
     * client that then stops for reasons of its own has all the time that real time would give it.
     *
     * @return an instant; the past when it is the client's turn; {@link Long#MAX_VALUE} when the
     *     stream needs no client
     */
    static long feedLimitNanos(Substream s) {
        PcmRuntime r = s.runtime();
        if (!r.isRunning(s.isCapture()) || r.state() == PcmState.DRAINING) {
            return Long.MAX_VALUE;
        }
        if (isFreeRunning(r)) {
            return s.ops().nanosAt(r.movedFrames);
        }
        long wakeAt = r.wakeAvail != 0 ? r.wakeAvail : r.availMin();
        long beforeStop = r.stopThreshold - 1;
        long target = wakeAt < 0 || wakeAt > beforeStop ? beforeStop : wakeAt;
        return s.ops().nanosAt(r.movedFrames + Math.max(0, target - Positions.avail(s, r)));
    }

    /** Whether the stream goes on without its client, so that nobody but the clock paces it. */
    static boolean isFreeRunning(PcmRuntime r) {
        return Long.compareUnsigned(r.stopThreshold, r.geometry.bufferSize()) > 0;
    }
}
