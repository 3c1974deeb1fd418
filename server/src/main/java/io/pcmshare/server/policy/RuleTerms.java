package io.pcmshare.server.policy;

import io.pcmshare.share.Permissions;
import io.pcmshare.share.owner.GrantTerms;

/**
 * What a rule gives.
 *
 * @param permissions of the grant
 * @param lastsNanos for how long; {@link GrantTerms#NEVER} for no end
 * @param quota for how much sound
 * @param limits how much of it at once
 */
public record RuleTerms(Permissions permissions, long lastsNanos, Quota quota, RuleLimits limits) {
    /** Everything, without an end. */
    public static final RuleTerms USUAL =
            new RuleTerms(Permissions.FULL, GrantTerms.NEVER, Quota.NONE, RuleLimits.USUAL);

    /** The yes to a request, for {@code nanos} at most. */
    Verdict.Allow allow(StreamRequest request, long nanos) {
        return new Verdict.Allow(
                permissions,
                Math.min(lastsNanos, nanos),
                quota.framesAt(request.rate()),
                limits.callsPerSecond());
    }
}
