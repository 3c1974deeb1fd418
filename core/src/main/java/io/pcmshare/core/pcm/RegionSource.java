package io.pcmshare.core.pcm;

import java.io.IOException;

/** Where the memory of streams comes from: sealed memfds in {@code share}, an arena in a test. */
public interface RegionSource {
    /** What a region is for, and so who may write it. */
    enum Kind {
        /** The ring: written by the client for playback, by the core for capture. */
        DATA,
        /** The status page: written by the core only. */
        STATUS,
        /** The control page: written by the client. */
        CONTROL
    }

    /** Bytes of the status and of the control page. */
    long PAGE_BYTES = 4096;

    /**
     * Makes zeroed memory.
     *
     * @param capture whether the stream is a capture stream, whose ring clients only read
     * @throws IOException where there is none to be had
     */
    Region allocate(Kind kind, boolean capture, long bytes) throws IOException;
}
