package io.pcmshare.server.policy;

import io.pcmshare.share.Permissions;

/** What the policy says to a {@link StreamRequest}. */
public sealed interface Verdict {
    /**
     * Yes.
     *
     * @param permissions what the grant allows, as a client may want all of it
     * @param lastsNanos for how long, {@link io.pcmshare.share.owner.GrantTerms#NEVER} for no end
     * @param quotaFrames for how many frames, {@link io.pcmshare.share.owner.GrantTerms#UNLIMITED}
     * @param callsPerSecond messages that its session may send; the rest ends it
     */
    record Allow(Permissions permissions, long lastsNanos, long quotaFrames, int callsPerSecond)
            implements Verdict {}

    /**
     * No.
     *
     * @param reason for people: which rule, and where it stands
     */
    record Deny(String reason) implements Verdict {}
}
