package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;

/**
 * Somebody who waits until a stream has passed a frame. Called once, under the card's lock, on the
 * audio path: allocates nothing, waits for nothing.
 */
public interface FrameMark {
    /** All frames below it were consumed, or captured. */
    void reached();

    /**
     * The stream will never get there.
     *
     * @param why {@code EPIPE} after an xrun, {@code ENODEV} without the card, else {@code
     *     ECANCELED}
     */
    void lost(Errno why);
}
