package io.pcmshare.server;

import io.pcmshare.core.pcm.Card;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.locks.LockSupport;

/**
 * Real time: ticks at the end of each period. System calls: one timed wait a period, and those that
 * the card's drivers name.
 *
 * <p>Threads: {@link #doWork} one; {@link #wakeUp} any.
 */
public final class RealTimekeeper implements Timekeeper {
    /** With nothing running there is nothing to be late for. */
    private static final long IDLE_NANOS = 1_000_000_000L;

    private final Card card;
    private volatile long plannedNanos = Long.MIN_VALUE;
    private volatile @Nullable Thread waiting;

    /** Keeps the time of one card. */
    public RealTimekeeper(Card card) {
        this.card = card;
        card.onSchedule(this::scheduleChanged);
    }

    @Override
    public void doWork() {
        long nextNanos = card.nextTickNanos();
        long leftNanos = nextNanos - card.clock().monotonicNanos();
        if (leftNanos <= 0) {
            card.tick();
            return;
        }
        waiting = Thread.currentThread();
        plannedNanos = nextNanos;
        // a change between the look and the plan is seen here; later ones unpark
        if (card.nextTickNanos() >= nextNanos) {
            LockSupport.parkNanos(this, Math.min(leftNanos, IDLE_NANOS));
        }
        plannedNanos = Long.MIN_VALUE;
    }

    /** Under the card's lock. Wakes the thread only if it would sleep too long. */
    private void scheduleChanged() {
        if (card.nextTickNanos() < plannedNanos) {
            wakeUp();
        }
    }

    @Override
    public void wakeUp() {
        LockSupport.unpark(waiting);
    }
}
