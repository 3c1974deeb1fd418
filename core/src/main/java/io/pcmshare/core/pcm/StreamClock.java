package io.pcmshare.core.pcm;

/**
 * How far a stream is, for a driver that plays or records through a stream of another card.
 *
 * <p>Takes that card's lock, so that its own must come first. Allocates nothing; makes the system
 * calls that {@link PcmOps#transfer} of the stream's driver names. Threads: any.
 */
public final class StreamClock {
    private final PcmFile file;

    /** The clock of an open file, as long as it is open. */
    public StreamClock(PcmFile file) {
        this.file = file;
    }

    /**
     * Brings the stream up to an instant and draws the conclusions from that; {@link PcmFile#state}
     * tells which.
     *
     * @param nowNanos the card's time; one that has not come yet lets pass what is queued until
     *     then
     * @return frames moved since it was prepared
     */
    public long moved(long nowNanos) {
        Substream s = file.substream();
        synchronized (file.lock()) {
            if (file.isClosed()) {
                return 0;
            }
            PcmRuntime r = s.runtime();
            if (r.isRunning(s.isCapture())) {
                // what it concludes is in the state
                var _ = Positions.update(s, r, nowNanos);
            }
            return r.movedFrames;
        }
    }

    /**
     * When this many frames will have moved since it was prepared; {@link Long#MAX_VALUE} while it
     * stands.
     */
    public long nanosAt(long frames) {
        Substream s = file.substream();
        synchronized (file.lock()) {
            boolean runs = !file.isClosed() && s.runtime().isRunning(s.isCapture());
            return runs ? s.ops().nanosAt(frames) : Long.MAX_VALUE;
        }
    }
}
