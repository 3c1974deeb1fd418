package io.pcmshare.server;

import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.sys.Clocks;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Real time: ticks at the end of each period. System calls: one timed wait a period, and those that
 * the cards' drivers name.
 *
 * <p>Threads: {@link #doWork} one; others any.
 */
public final class RealTimekeeper implements Timekeeper {
    /** With nothing running there is nothing to be late for. */
    private static final long IDLE_NANOS = 1_000_000_000L;

    private final CardClock clock;
    private final PassProbe probe;
    private volatile Card[] cards;
    private volatile long plannedNanos = Long.MIN_VALUE;
    private volatile @Nullable Thread waiting;

    /** Keeps the time of one card. */
    public RealTimekeeper(Card card) {
        this(card.clock(), List.of(card), PassProbe.NONE);
    }

    /**
     * Keeps the time of cards that share a clock.
     *
     * @param cards in the order in which they are ticked: those that play on others first
     */
    public RealTimekeeper(CardClock clock, List<Card> cards, PassProbe probe) {
        this.clock = clock;
        this.probe = probe;
        this.cards = new Card[0];
        cards(cards);
    }

    @Override
    public void cards(List<Card> newCards) {
        for (Card card : newCards) {
            card.onSchedule(() -> scheduleChanged(card));
        }
        cards = newCards.toArray(Card[]::new);
        wakeUp();
    }

    @Override
    public void doWork() {
        Card[] all = cards;
        long nextNanos = nextTickNanos(all);
        long nowNanos = clock.monotonicNanos();
        if (nextNanos <= nowNanos) {
            probe.woke(nowNanos - nextNanos);
            long beganNanos = Clocks.monotonicNanos();
            for (int i = 0; i < all.length; i++) {
                if (all[i].nextTickNanos() <= nowNanos) {
                    all[i].tick();
                }
            }
            probe.passed(Clocks.monotonicNanos() - beganNanos);
            return;
        }
        waiting = Thread.currentThread();
        plannedNanos = nextNanos;
        // a change between the look and the plan is seen here; later ones unpark
        if (nextTickNanos(cards) >= nextNanos) {
            LockSupport.parkNanos(this, Math.min(nextNanos - nowNanos, IDLE_NANOS));
        }
        plannedNanos = Long.MIN_VALUE;
    }

    private static long nextTickNanos(Card[] all) {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < all.length; i++) {
            next = Math.min(next, all[i].nextTickNanos());
        }
        return next;
    }

    /** Under the card's lock. Wakes the thread only if it would sleep too long. */
    private void scheduleChanged(Card card) {
        if (card.nextTickNanos() < plannedNanos) {
            wakeUp();
        }
    }

    @Override
    public void wakeUp() {
        LockSupport.unpark(waiting);
    }
}
