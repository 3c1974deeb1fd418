package io.pcmshare.server;

import io.pcmshare.share.Permissions;
import io.pcmshare.share.audit.Subject;
import io.pcmshare.share.owner.GrantTerms;

/**
 * What a server asks of those who connect, and gives them.
 *
 * @param permissions what a client is granted
 * @param requireConfined whether every thread of it must have a system-call filter before it gets a
 *     descriptor
 * @param uid the user that may connect
 * @param lastsNanos for how long, on the card's clock; {@link GrantTerms#NEVER} for no end
 * @param quotaFrames for how many frames; {@link GrantTerms#UNLIMITED}
 * @param limits how much of the server they may take
 */
public record SessionPolicy(
        Permissions permissions,
        boolean requireConfined,
        int uid,
        long lastsNanos,
        long quotaFrames,
        SessionLimits limits) {
    /** With the usual limits. */
    public SessionPolicy(
            Permissions permissions,
            boolean requireConfined,
            int uid,
            long lastsNanos,
            long quotaFrames) {
        this(permissions, requireConfined, uid, lastsNanos, quotaFrames, SessionLimits.USUAL);
    }

    /** Without end. */
    public SessionPolicy(Permissions permissions, boolean requireConfined, int uid) {
        this(permissions, requireConfined, uid, GrantTerms.NEVER, GrantTerms.UNLIMITED);
    }

    /** What somebody is given who asks now. */
    GrantTerms terms(Subject holder, long nowNanos) {
        long expires = lastsNanos == GrantTerms.NEVER ? GrantTerms.NEVER : nowNanos + lastsNanos;
        return new GrantTerms(permissions, expires, quotaFrames, holder);
    }
}
