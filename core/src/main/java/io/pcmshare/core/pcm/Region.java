package io.pcmshare.core.pcm;

import java.lang.foreign.MemorySegment;

/** Memory that a client may map: the ring, the status page or the control page. */
public interface Region extends AutoCloseable {
    /** The core's own view of it. */
    MemorySegment memory();

    /** Whether it is memory of another stream, or of nobody here: only lent to this one. */
    default boolean isForeign() {
        return false;
    }

    /** Gives up the core's view; clients that mapped it keep their memory. */
    @Override
    void close();
}
