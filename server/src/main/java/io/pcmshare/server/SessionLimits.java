package io.pcmshare.server;

/**
 * How much of a server those who connect may take. Descriptors and memory of a server grow with its
 * sessions and with nothing else that a client does.
 *
 * @param sessions that a server has at once
 * @param perProcess sessions that one process has at once
 * @param patienceNanos for how long a client may owe the server something: its HELLO, its READY,
 *     and when its stream has stopped, its DONE or its end
 */
public record SessionLimits(int sessions, int perProcess, long patienceNanos) {
    /** Room for many programs, and time for one that is starting on a busy machine. */
    public static final SessionLimits USUAL = new SessionLimits(64, 8, 10_000_000_000L);

    /** Refuses a server that could serve nobody. */
    public SessionLimits {
        if (sessions < 1 || perProcess < 1 || patienceNanos < 1) {
            throw new IllegalArgumentException(
                    "sessions="
                            + sessions
                            + ", perProcess="
                            + perProcess
                            + ", patienceNanos="
                            + patienceNanos);
        }
    }
}
