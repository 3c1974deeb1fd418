package io.pcmshare.core.pcm;

import io.pcmshare.core.clock.ManualClock;

/**
 * Moves a card's time exactly as fast as its clients feed and drain their rings.
 *
 * <p>Never past the point where a stream would stop for want of a client that may still come: so no
 * xrun happens that real time would not have made. A client that keeps time by itself, or has
 * stopped for reasons of its own, is waited for in real time: {@link #step} answers that nothing
 * moved, and the caller lets {@link #elapse} follow the wall clock. Threads: one.
 */
public final class Lockstep {
    private final Card card;
    private final ManualClock clock;

    /**
     * Drives one card.
     *
     * @param clock the clock that the card was made with
     */
    public Lockstep(Card card, ManualClock clock) {
        if (card.clock() != clock) {
            throw new IllegalArgumentException("clock is not that of card=" + card.number());
        }
        this.card = card;
        this.clock = clock;
    }

    /**
     * Moves to the next end of a period, or as near to it as the clients allow, and ticks.
     *
     * @return false when nothing could move
     */
    public boolean step() {
        long target = Math.min(card.nextTickNanos(), card.feedLimitNanos());
        if (target == Long.MAX_VALUE || target <= clock.monotonicNanos()) {
            return false;
        }
        clock.advanceTo(target);
        card.tick();
        return true;
    }

    /** Lets time pass whatever the clients do, and ticks. */
    public void elapse(long nanos) {
        clock.advance(nanos);
        card.tick();
    }

    /** Lets time pass up to an instant whatever the clients do, and ticks. */
    public void elapseTo(long instantNanos) {
        clock.advanceTo(instantNanos);
        card.tick();
    }
}
