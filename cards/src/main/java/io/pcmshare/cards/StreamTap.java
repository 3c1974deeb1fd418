package io.pcmshare.cards;

import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;

/**
 * Listens to one stream from its open to its close: hears what is heard, after the volume.
 *
 * <p>Threads: every call is made under the card's lock. {@link #frames} is on the audio path: it
 * must allocate nothing, wait for nothing and throw nothing.
 */
public interface StreamTap {
    /** The stream chose parameters, perhaps others than before. */
    void params(StreamParams params);

    /** It runs from now on. */
    default void started() {}

    /**
     * Frames were played, or recorded.
     *
     * @param view where they are, only for as long as the call takes
     * @param offsetFrames the first one's place
     * @param frames how many; never past the view's end
     */
    void frames(RingView view, long offsetFrames, long frames);

    /** It stands: stopped, paused, out of data. */
    default void stopped() {}

    /** The last open file is gone. */
    void closed();
}
