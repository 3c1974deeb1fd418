package io.pcmshare.server;

import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.Lockstep;
import io.pcmshare.share.owner.SharedStream;
import io.pcmshare.sys.Clocks;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Time that moves exactly as fast as the clients feed and drain their rings.
 *
 * <p>Where a stream has a client that keeps time by itself, or a client has stopped for reasons of
 * its own, time follows the wall clock. Threads: {@link #doWork} one; others any.
 */
public final class LockstepTimekeeper implements Timekeeper {
    /** How long a client may think before its thinking counts as time. */
    private static final long PATIENCE_NANOS = 20_000_000L;

    /** How long to look the other way when no client can say that it has moved. */
    private static final long GLANCE_NANOS = 200_000L;

    private static final long IDLE_NANOS = 1_000_000_000L;

    private final ManualClock clock;
    private volatile Lockstep lockstep;
    private boolean following;
    private long aheadNanos;
    private volatile @Nullable SharedStream feeder;
    private volatile @Nullable Thread waiting;

    /**
     * Keeps the time of one card.
     *
     * @param clock the clock that the card was made with
     */
    public LockstepTimekeeper(Card card, ManualClock clock) {
        this(List.of(card), clock);
    }

    /**
     * Keeps the time of cards.
     *
     * @param clock the clock that the cards were made with
     */
    public LockstepTimekeeper(List<Card> cards, ManualClock clock) {
        this.clock = clock;
        this.lockstep = new Lockstep(List.of(), List.of(), clock);
        cards(cards);
    }

    @Override
    public void cards(List<Card> newCards) {
        for (Card card : newCards) {
            card.onSchedule(this::wakeUp);
        }
        lockstep = new Lockstep(newCards, List.of(), clock);
        wakeUp();
    }

    /** Names the stream whose client says when it has moved. */
    public void feeder(SharedStream stream) {
        feeder = stream;
    }

    @Override
    public void doWork() {
        waiting = Thread.currentThread();
        if (lockstep.step()) {
            following = false;
            return;
        }
        if (lockstep.nextTickNanos() == Long.MAX_VALUE) {
            LockSupport.parkNanos(this, IDLE_NANOS);
        } else if (lockstep.isFreeRunning()) {
            followWallClock();
            return;
        } else {
            awaitClient();
        }
        following = false;
    }

    /** From where it stands, card time goes on as fast as the wall clock. */
    private void followWallClock() {
        long wallNanos = Clocks.monotonicNanos();
        if (!following) {
            following = true;
            aheadNanos = clock.monotonicNanos() - wallNanos;
        }
        long leftNanos = lockstep.nextTickNanos() - (wallNanos + aheadNanos);
        if (leftNanos > 0) {
            LockSupport.parkNanos(this, leftNanos);
        }
        lockstep.elapseTo(Clocks.monotonicNanos() + aheadNanos);
    }

    private void awaitClient() {
        long beganNanos = Clocks.monotonicNanos();
        long waitedNanos = 0;
        SharedStream client = feeder;
        while (waitedNanos < PATIENCE_NANOS) {
            if (client == null) {
                LockSupport.parkNanos(this, GLANCE_NANOS);
            } else {
                client.awaitKick(PATIENCE_NANOS - waitedNanos, this::isStuck);
            }
            if (!isStuck()) {
                return;
            }
            waitedNanos = Clocks.monotonicNanos() - beganNanos;
        }
        lockstep.elapse(waitedNanos);
    }

    /** Whether nothing can move; moves what can. */
    private boolean isStuck() {
        return !lockstep.step() && lockstep.nextTickNanos() != Long.MAX_VALUE;
    }

    /** The clock that this moves. */
    public ManualClock clock() {
        return clock;
    }

    @Override
    public void wakeUp() {
        LockSupport.unpark(waiting);
        SharedStream client = feeder;
        if (client != null) {
            client.kick();
        }
    }
}
