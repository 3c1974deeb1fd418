package io.pcmshare.server.control;

/**
 * A rule that was given at run time.
 *
 * @param number by which {@code revoke --rule} names it
 * @param text as it was given
 * @param leftNanos until it ends by itself; -1 for never
 */
public record RuleState(long number, String text, long leftNanos) {}
