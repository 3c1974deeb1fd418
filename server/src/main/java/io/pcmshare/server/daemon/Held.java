package io.pcmshare.server.daemon;

import io.pcmshare.server.patch.BayStream;
import io.pcmshare.server.policy.StreamRequest;

/** A stream of the bay that somebody has, and what he asked for. Threads: control. */
interface Held {
    /** The stream. */
    BayStream bayStream();

    /** What was asked for, and by whom. */
    StreamRequest request();

    /** Xruns since it was asked last. */
    long freshXruns();
}
