package io.pcmshare.share.fence;

import io.pcmshare.sys.Clocks;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A fence that somebody signals. */
final class LeafFence extends Fence {
    private static final FenceWatch NOTHING_TO_WATCH = () -> {};

    private final String timeline;
    private final @Nullable Party owner;
    private List<Runnable> listeners = List.of();
    private int status;
    private long doneNanos;

    /**
     * A pending one.
     *
     * @param timeline what it is a point of
     * @param owner who signals it; {@code null} where time does
     */
    LeafFence(String name, String timeline, @Nullable Party owner) {
        super(name);
        this.timeline = timeline;
        this.owner = owner;
    }

    @Nullable Party owner() {
        return owner;
    }

    /**
     * Signals or fails it; only the first time counts. Allocates nothing.
     *
     * @param newStatus {@link #SIGNALLED} or a negated errno
     */
    boolean complete(int newStatus) {
        List<Runnable> told;
        synchronized (this) {
            if (status != PENDING) {
                return false;
            }
            status = newStatus;
            doneNanos = Clocks.monotonicNanos();
            told = listeners;
            listeners = List.of();
            notifyAll();
        }
        for (int i = 0; i < told.size(); i++) {
            told.get(i).run();
        }
        return true;
    }

    @Override
    public synchronized int status() {
        return status;
    }

    synchronized Part part() {
        return new Part(timeline, status, doneNanos);
    }

    @Override
    List<LeafFence> leaves() {
        return List.of(this);
    }

    @Override
    public FenceWatch whenDone(Runnable listener) {
        synchronized (this) {
            if (status == PENDING) {
                if (listeners.isEmpty()) {
                    listeners = new ArrayList<>(1);
                }
                listeners.add(listener);
                return () -> forget(listener);
            }
        }
        listener.run();
        return NOTHING_TO_WATCH;
    }

    private synchronized void forget(Runnable listener) {
        if (status == PENDING) {
            listeners.remove(listener);
        }
    }

    @Override
    public synchronized int await(long timeoutNanos) throws InterruptedException {
        long deadlineNanos = Clocks.monotonicNanos() + timeoutNanos;
        while (status == PENDING) {
            long leftNanos = deadlineNanos - Clocks.monotonicNanos();
            if (leftNanos <= 0) {
                break;
            }
            // rounded up: a wait of less than a millisecond would be a busy loop
            wait(Math.ceilDiv(leftNanos, 1_000_000L));
        }
        return status;
    }
}
