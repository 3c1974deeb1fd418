package io.pcmshare.server.policy;

import org.jspecify.annotations.Nullable;

/**
 * How much a rule lets somebody have at once.
 *
 * @param streamsPerProcess with the one that is asked for
 * @param streamsPerUser with the one that is asked for
 * @param bufferNanos of sound in a ring
 * @param callsPerSecond messages of a session; who sends more is cut off
 */
public record RuleLimits(
        int streamsPerProcess, int streamsPerUser, long bufferNanos, int callsPerSecond) {
    /** Of a rule that says nothing: what no decent program reaches. */
    public static final RuleLimits USUAL =
            new RuleLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, 1000);

    private static final double MILLI = 1e6;

    /** What a request has too much of, for people; {@code null} for nothing. */
    @Nullable String exceededBy(StreamRequest request) {
        if (request.streamsOfProcess() >= streamsPerProcess) {
            return "its process has %d streams already, streams-per-process=%d"
                    .formatted(request.streamsOfProcess(), streamsPerProcess);
        }
        if (request.streamsOfUser() >= streamsPerUser) {
            return "its user has %d streams already, streams-per-user=%d"
                    .formatted(request.streamsOfUser(), streamsPerUser);
        }
        if (request.bufferNanos() > bufferNanos) {
            return "a ring of %.1f ms is asked for, buffer=%.1f ms"
                    .formatted(request.bufferNanos() / MILLI, bufferNanos / MILLI);
        }
        return null;
    }
}
