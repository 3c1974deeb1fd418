package io.pcmshare.server.policy;

import io.pcmshare.share.owner.GrantTerms;

/**
 * How much sound a grant is good for: the lesser of the two.
 *
 * @param frames {@link GrantTerms#UNLIMITED} for any number
 * @param nanos of sound; {@link GrantTerms#UNLIMITED} for any time
 */
public record Quota(long frames, long nanos) {
    /** Without an end. */
    public static final Quota NONE = new Quota(GrantTerms.UNLIMITED, GrantTerms.UNLIMITED);

    private static final long SECOND = 1_000_000_000L;

    /** Refuses less than nothing. */
    public Quota {
        if (frames < 0 || nanos < 0) {
            throw new IllegalArgumentException("frames=" + frames + ", nanos=" + nanos);
        }
    }

    /**
     * In frames of a stream, rounded down: a quota is never exceeded.
     *
     * @param rate frames a second
     */
    public long framesAt(int rate) {
        if (nanos == GrantTerms.UNLIMITED) {
            return frames;
        }
        long ofTime = nanos / SECOND * rate + nanos % SECOND * rate / SECOND;
        return Math.min(frames, ofTime);
    }
}
