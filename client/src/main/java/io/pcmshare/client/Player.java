package io.pcmshare.client;

import java.io.IOException;

/** Plays a recording into a ring that was granted. */
public sealed interface Player permits PagePlayer, PredictingPlayer {
    /**
     * Fills the ring before the start.
     *
     * @return frames written
     */
    long prefill();

    /**
     * Plays until everything is written, or the memory was taken back.
     *
     * @param startNanos {@code CLOCK_MONOTONIC} at frame 0
     * @return frames written since the beginning
     * @throws XrunException when it was too late
     */
    long play(long startNanos) throws IOException;

    /** No instant: write without waiting. */
    long AT_ONCE = Long.MIN_VALUE;

    /**
     * Writes the rest with no regard to anything, as a client that does not accept that its grant
     * was taken back.
     *
     * @param startNanos the instant of frame 0, to write as fast as it would be played; or {@link
     *     #AT_ONCE}
     * @return frames written since the beginning
     */
    long scribble(long startNanos);
}
