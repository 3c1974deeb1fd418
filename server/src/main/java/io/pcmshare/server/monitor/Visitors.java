package io.pcmshare.server.monitor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Those who are told what happens, so many at most. When there are too many, those who have not
 * read for long are sent away. Threads: any.
 */
final class Visitors {
    /** At once. */
    static final int MOST = 16;

    private static final int UNAVAILABLE = 503;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier clock;
    private final Set<Visitor> all = ConcurrentHashMap.newKeySet();

    Visitors(LongSupplier clock) {
        this.clock = clock;
    }

    /** One of them, and the thread that writes to it. */
    final class Visitor implements AutoCloseable {
        private final Thread thread = Thread.currentThread();
        private volatile long wroteNanos = clock.getAsLong();

        private Visitor() {}

        /** Something was written. */
        void wrote() {
            wroteNanos = clock.getAsLong();
        }

        private boolean isStuck() {
            return clock.getAsLong() - wroteNanos > PATIENCE_NANOS;
        }

        @Override
        public void close() {
            all.remove(this);
        }
    }

    /**
     * Lets the calling thread's visitor in.
     *
     * @throws Refusal where there are too many
     */
    synchronized Visitor enter() throws Refusal {
        if (all.size() >= MOST) {
            for (Visitor each : all) {
                if (each.isStuck()) {
                    each.thread.interrupt(); // which closes the connection that it waits for
                    each.close();
                }
            }
        }
        if (all.size() >= MOST) {
            throw new Refusal(UNAVAILABLE, "Too many pages are open: " + MOST + ".");
        }
        Visitor visitor = new Visitor();
        all.add(visitor);
        return visitor;
    }

    /** How many there are. */
    int count() {
        return all.size();
    }

    /** Sends all away. */
    void interrupt() {
        all.forEach(visitor -> visitor.thread.interrupt());
    }
}
