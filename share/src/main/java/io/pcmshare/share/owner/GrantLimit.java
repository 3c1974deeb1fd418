package io.pcmshare.share.owner;

import io.pcmshare.core.pcm.FrameLine;
import io.pcmshare.core.pcm.PcmFile;

/**
 * Counts what a grant has used, and says when its end has come. That is a little before the quota
 * is used up, so that what is still allowed can be kept ({@link #leftFrames}) and its owner plays
 * on at once. Were that late, nothing would be heard beyond the quota all the same. Threads:
 * counting under the card's lock; questions any.
 */
final class GrantLimit implements FrameLine.Counter, AutoCloseable {
    /** Twice the time between two looks, so that a look that is late is still in time. */
    private static final int AHEAD_PERIODS = 2;

    private final PcmFile owner;
    private final GrantTerms terms;
    private final Runnable onDue;
    private volatile long leftFrames;
    private boolean told;

    /** Counts from now on. */
    GrantLimit(PcmFile owner, GrantTerms terms, Runnable onDue) {
        this.owner = owner;
        this.terms = terms;
        this.onDue = onDue;
        this.leftFrames = terms.quotaFrames();
        owner.substream().frames().count(this);
    }

    @Override
    public void passed(long frames) {
        if (terms.quotaFrames() != GrantTerms.UNLIMITED) {
            leftFrames = Math.max(0, leftFrames - frames);
        }
        if (!told && isDue()) {
            told = true;
            onDue.run();
        }
    }

    @Override
    public long allowed() {
        return leftFrames;
    }

    /** Whether it has to be taken back now. */
    boolean isDue() {
        return leftNanos() <= 0 || leftFrames <= AHEAD_PERIODS * owner.params().periodSize();
    }

    /** Frames that may still be heard or recorded. */
    long leftFrames() {
        return leftFrames;
    }

    /** Time that is left on the card's clock, nanoseconds. */
    long leftNanos() {
        return terms.expiresNanos() == GrantTerms.NEVER
                ? Long.MAX_VALUE
                : terms.expiresNanos() - owner.substream().card().clock().monotonicNanos();
    }

    /** Counts no more. */
    @Override
    public void close() {
        owner.substream().frames().stopCounting(this);
    }
}
