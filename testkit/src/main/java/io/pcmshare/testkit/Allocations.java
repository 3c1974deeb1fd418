package io.pcmshare.testkit;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/** Bytes that the calling thread allocates. */
public final class Allocations {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocations() {}

    /** Bytes that {@code body} allocates on this thread; warm it up before. */
    public static long bytesOf(Runnable body) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        body.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /**
     * Runs {@code body} until it has been compiled and allocates nothing, at most 100 times.
     *
     * @return bytes of its last run
     */
    public static long bytesOnceWarm(Runnable body) {
        long bytes = bytesOf(body);
        for (int i = 1; i < 100 && bytes != 0; i++) {
            bytes = bytesOf(body);
        }
        return bytes;
    }
}
