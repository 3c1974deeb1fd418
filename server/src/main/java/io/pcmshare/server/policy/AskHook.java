package io.pcmshare.server.policy;

import java.util.List;

/**
 * A program that is asked. It learns of the request from its environment, {@code PCMSHARE_*}, and
 * says yes by ending with status 0.
 *
 * @param command its absolute path and arguments
 * @param environment names of the server's variables that it gets as well
 * @param timeoutNanos how long it may think; then it is ended, and the answer is no
 * @param rememberNanos for how long its answer holds for that program, user and class; 0 for this
 *     once, {@link #ALWAYS}
 */
public record AskHook(
        List<String> command, List<String> environment, long timeoutNanos, long rememberNanos) {
    /** Until the server ends. */
    public static final long ALWAYS = Long.MAX_VALUE;

    /** Copies the lists, and refuses to ask nobody. */
    public AskHook {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        if (command.isEmpty() || timeoutNanos <= 0 || rememberNanos < 0) {
            throw new IllegalArgumentException(
                    "command=%s, timeoutNanos=%d, rememberNanos=%d"
                            .formatted(command, timeoutNanos, rememberNanos));
        }
    }
}
