package io.pcmshare.share.owner;

import io.pcmshare.share.Permissions;
import io.pcmshare.share.audit.Subject;

/**
 * What somebody is given, and for how long.
 *
 * @param permissions what he may do
 * @param expiresNanos when it ends, on the clock of the card; {@link #NEVER}
 * @param quotaFrames after how many frames, heard or recorded, it ends; {@link #UNLIMITED}
 * @param holder who he is, for the records
 */
public record GrantTerms(
        Permissions permissions, long expiresNanos, long quotaFrames, Subject holder) {
    /** Until it is given up or taken back. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Any number of frames. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Refuses a quota that is negative. */
    public GrantTerms {
        if (quotaFrames < 0) {
            throw new IllegalArgumentException("quotaFrames=" + quotaFrames);
        }
    }

    /** Without end. */
    public static GrantTerms of(Permissions permissions, Subject holder) {
        return new GrantTerms(permissions, NEVER, UNLIMITED, holder);
    }

    /** The same for less: what another that is made of it may have at most. */
    GrantTerms narrowed(Permissions narrower, Subject to) {
        return new GrantTerms(permissions.and(narrower), expiresNanos, quotaFrames, to);
    }

    /** Whether it ends by itself. */
    boolean isLimited() {
        return expiresNanos != NEVER || quotaFrames != UNLIMITED;
    }
}
