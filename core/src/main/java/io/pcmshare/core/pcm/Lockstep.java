package io.pcmshare.core.pcm;

import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.clock.Ticking;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves the time of cards exactly as fast as their clients feed and drain their rings.
 *
 * <p>Never past the point where a stream would stop for want of a client that may still come: so no
 * xrun happens that real time would not have made. A client that keeps time by itself, or has
 * stopped for reasons of its own, is waited for in real time: {@link #step} answers that nothing
 * moved, and the caller lets {@link #elapse} follow the wall clock. Threads: one.
 */
public final class Lockstep {
    private final List<Card> cards;
    private final List<Ticking> all;
    private final ManualClock clock;

    /**
     * Drives one card.
     *
     * @param clock the clock that the card was made with
     */
    public Lockstep(Card card, ManualClock clock) {
        this(List.of(card), List.of(), clock);
    }

    /**
     * Drives cards that share a clock.
     *
     * @param others what else runs by it: timers
     */
    public Lockstep(List<Card> cards, List<Ticking> others, ManualClock clock) {
        for (Card card : cards) {
            if (card.clock() != clock) {
                throw new IllegalArgumentException("clock is not that of card=" + card.number());
            }
        }
        this.cards = List.copyOf(cards);
        this.clock = clock;
        List<Ticking> ticking = new ArrayList<>(cards);
        ticking.addAll(others);
        this.all = List.copyOf(ticking);
    }

    /**
     * Moves to the next end of a period, or as near to it as the clients allow, and ticks.
     *
     * @return false when nothing could move
     */
    public boolean step() {
        long target = Math.min(nextTickNanos(), feedLimitNanos());
        if (target == Long.MAX_VALUE || target <= clock.monotonicNanos()) {
            return false;
        }
        elapseTo(target);
        return true;
    }

    /** The time of the cards. */
    public long nowNanos() {
        return clock.monotonicNanos();
    }

    /** When the next of them is due; {@link Long#MAX_VALUE} while nothing runs. */
    public long nextTickNanos() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < all.size(); i++) {
            next = Math.min(next, all.get(i).nextTickNanos());
        }
        return next;
    }

    private long feedLimitNanos() {
        long limit = Long.MAX_VALUE;
        for (int i = 0; i < cards.size(); i++) {
            limit = Math.min(limit, cards.get(i).feedLimitNanos());
        }
        return limit;
    }

    /** Whether a stream runs that only the clock paces: time then has to follow the wall clock. */
    public boolean isFreeRunning() {
        for (int i = 0; i < cards.size(); i++) {
            if (cards.get(i).isFreeRunning()) {
                return true;
            }
        }
        return false;
    }

    /** Lets time pass whatever the clients do, and ticks; they live through it. */
    public void elapse(long nanos) {
        clock.advance(nanos);
        tick();
    }

    /** Skips to an instant whatever the clients do, and ticks. */
    public void elapseTo(long instantNanos) {
        clock.advanceTo(instantNanos);
        tick();
    }

    private void tick() {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).tick();
        }
    }
}
