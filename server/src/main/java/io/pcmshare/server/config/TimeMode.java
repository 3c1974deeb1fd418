package io.pcmshare.server.config;

/** Who moves a server's time. */
public enum TimeMode {
    /** It passes as it does. */
    REAL,
    /** It moves as fast as clients feed and drain their streams: for tests. */
    LOCKSTEP
}
