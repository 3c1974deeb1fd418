package io.pcmshare.core.timer;

import io.pcmshare.abi.TimerClass;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.clock.Ticking;

import org.jspecify.annotations.Nullable;

import java.util.TreeMap;

/**
 * All timers of the machine: what {@code /dev/snd/timer} shows.
 *
 * <p>Threads: any; one lock, taken after a card's when both are, and never held while waiting.
 * {@link #tick} is called by whoever keeps the time.
 */
public final class Timers implements Ticking {
    /** A tick of the system timer. */
    public static final long SYSTEM_RESOLUTION_NANOS = 4_000_000;

    private final CardClock clock;
    private final Object lock = new Object();
    private final TreeMap<TimerKey, TimerDevice> all = new TreeMap<>();
    private final SystemTimer system = new SystemTimer(this);
    private Runnable onSchedule = () -> {};

    /** The system timer alone. */
    public Timers(CardClock clock) {
        this.clock = clock;
        all.put(system.key(), system);
    }

    /** Adds the timer of a substream. */
    public PcmTimer addPcm(int card, int device, boolean capture, int substream) {
        PcmTimer timer = new PcmTimer(this, card, device, capture, substream);
        synchronized (lock) {
            all.put(timer.key(), timer);
        }
        return timer;
    }

    /** Takes the timers of a card away; files that have one selected see that it is gone. */
    public void removeCard(int card) {
        synchronized (lock) {
            all.keySet().removeIf(key -> key.card() == card && key.timerClass() > 1);
        }
    }

    /** Opens the timer device. */
    public TimerFile open() {
        return new TimerFile(this);
    }

    /** Sets who is told that {@link #nextTickNanos} may have changed; called under the lock. */
    public void onSchedule(Runnable listener) {
        synchronized (lock) {
            onSchedule = listener;
        }
    }

    void scheduleChanged() {
        onSchedule.run();
    }

    /** Lets the system timer tick up to the clock. Allocates nothing. */
    @Override
    public void tick() {
        synchronized (lock) {
            system.tick(nowNanos());
        }
    }

    /** When {@link #tick} is due; {@link Long#MAX_VALUE} while nobody waits. */
    @Override
    public long nextTickNanos() {
        synchronized (lock) {
            return system.nextTickNanos();
        }
    }

    Object lock() {
        return lock;
    }

    long nowNanos() {
        return clock.monotonicNanos();
    }

    @Nullable TimerDevice find(TimerKey key) {
        boolean global = key.timerClass() == TimerClass.GLOBAL.code();
        // a global timer belongs to no card, whatever the program says
        return all.get(
                global ? new TimerKey(key.timerClass(), -1, key.device(), key.subdevice()) : key);
    }

    boolean exists(TimerDevice timer) {
        return all.containsValue(timer);
    }

    /** The timer behind one that a program names; {@link TimerKey#NONE} for none. */
    TimerKey behind(TimerKey key) {
        @Nullable TimerKey from = key.next();
        @Nullable TimerKey found = from == null ? null : all.ceilingKey(from);
        if (from != null && found != null && isGlobalBefore(found, from)) {
            found = all.higherKey(new TimerKey(from.timerClass(), Integer.MAX_VALUE, 0, 0));
        }
        return found == null ? TimerKey.NONE : found;
    }

    /** Global timers differ in their device alone. */
    private static boolean isGlobalBefore(TimerKey found, TimerKey wanted) {
        return found.timerClass() == wanted.timerClass()
                && wanted.card() == Integer.MIN_VALUE
                && found.device() < wanted.device();
    }
}
