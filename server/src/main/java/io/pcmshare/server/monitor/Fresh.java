package io.pcmshare.server.monitor;

import io.pcmshare.server.control.ServerControl;
import io.pcmshare.server.control.ServerState;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A server's state, asked for at most so often however many look. Threads: any; only those who look
 * wait for one another.
 */
final class Fresh {
    private static final long KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ServerControl control;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ServerState state;
    private long askedNanos;

    Fresh(ServerControl control, LongSupplier clock) {
        this.control = control;
        this.clock = clock;
    }

    /**
     * The state, a twentieth of a second old at most.
     *
     * @throws IllegalStateException where the server does not answer any more
     */
    ServerState state() {
        lock.lock();
        try {
            ServerState known = state;
            if (known != null && clock.getAsLong() - askedNanos < KEPT_NANOS) {
                return known;
            }
            askedNanos = clock.getAsLong();
            ServerState fresh = control.state();
            state = fresh;
            return fresh;
        } finally {
            lock.unlock();
        }
    }
}
