package io.pcmshare.server.policy;

/** What a {@link Rule} says to what it is about. */
public enum RuleAction {
    /** Yes. */
    ALLOW,
    /** No. */
    DENY,
    /** What somebody says who is asked. */
    ASK
}
