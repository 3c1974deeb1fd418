package io.pcmshare.cards;

import io.pcmshare.abi.PcmState;

/**
 * A playback stream that somebody of us feeds: one of another card, or one of the kernel's. What is
 * played is queued ahead of what is heard by up to {@link #leadFrames}. Allocates nothing.
 */
public interface Outlet {
    /** Frames a second. */
    int rate();

    /** Frames that are queued before the first one is heard; with them it starts by itself. */
    long leadFrames();

    /** How often somebody has to look, in frames, so that it does not run empty. */
    long lookFrames();

    /** Its state, as the last look left it. */
    PcmState state();

    /** Looks where it is at an instant: frames heard since it was prepared. */
    long moved(long nowNanos);

    /** When this many frames will have been heard; {@link Long#MAX_VALUE} while it stands. */
    long nanosAt(long frames);

    /** Frames played since it was prepared, heard or not. */
    long playedFrames();

    /** Makes it ready to begin anew; 0 or a negated errno. */
    int prepare();
}
