package io.pcmshare.core.pcm;

import io.pcmshare.abi.PcmState;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.clock.Ticking;

import java.util.ArrayList;
import java.util.List;

/**
 * A sound card: its devices, its clock, its lock. Kernel: include/sound/core.h, {@code struct
 * snd_card}.
 *
 * <p>Threads: any; one lock per card, held for microseconds and never while waiting. {@link #tick}
 * is called by whoever keeps the card's time.
 */
public final class Card implements Ticking {
    private final int number;
    private final String id;
    private final String name;
    private final CardClock clock;
    private final RegionSource regions;
    private final Object lock = new Object();
    private final List<PcmDevice> devices = new ArrayList<>();
    private final List<Substream> open = new ArrayList<>();
    private Runnable onSchedule = () -> {};
    private boolean disconnected;

    /**
     * A card without devices.
     *
     * @param number as in {@code /dev/snd/controlC<number>}
     * @param id short text, at most 15 bytes
     * @param name text for people, at most 31 bytes
     * @param clock the time it runs by
     * @param regions where its streams' memory comes from
     */
    public Card(int number, String id, String name, CardClock clock, RegionSource regions) {
        this.number = number;
        this.id = id;
        this.name = name;
        this.clock = clock;
        this.regions = regions;
    }

    /** Adds a device with the next number; only before the card is used. */
    public PcmDevice addDevice(String deviceId, String deviceName) {
        PcmDevice device = new PcmDevice(this, devices.size(), deviceId, deviceName);
        devices.add(device);
        return device;
    }

    /** Its number. */
    public int number() {
        return number;
    }

    /** Its short text. */
    public String id() {
        return id;
    }

    /** Its text for people. */
    public String name() {
        return name;
    }

    /** Its devices, in the order of their numbers. */
    public List<PcmDevice> devices() {
        return List.copyOf(devices);
    }

    /** The time it runs by. */
    public CardClock clock() {
        return clock;
    }

    RegionSource regions() {
        return regions;
    }

    Object lock() {
        return lock;
    }

    boolean isDisconnected() {
        return disconnected;
    }

    /** Sets who is told that {@link #nextTickNanos} may have changed; called under the lock. */
    public void onSchedule(Runnable listener) {
        synchronized (lock) {
            onSchedule = listener;
        }
    }

    void activate(Substream s) {
        open.add(s);
    }

    void deactivate(Substream s) {
        open.remove(s);
        onSchedule.run();
    }

    /** A stream started, stopped or changed its thresholds. */
    void scheduleChanged() {
        onSchedule.run();
    }

    /**
     * Brings every running stream up to the clock: moves samples, publishes positions, wakes
     * clients, stops what ran empty. The kernel's period interrupt. Allocates nothing; makes the
     * system calls that the drivers' {@link PcmOps#transfer} name.
     */
    @Override
    public void tick() {
        synchronized (lock) {
            long nowNanos = clock.monotonicNanos();
            for (int i = open.size() - 1; i >= 0; i--) {
                Substream s = open.get(i);
                PcmRuntime r = s.runtime();
                if (r.isRunning(s.isCapture())) {
                    Positions.tick(s, r, nowNanos);
                }
            }
            expire();
        }
    }

    /** Calls of a file that has closed wait no more, wherever they do. */
    void letGo(PcmFile file) {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).letGo(file);
        }
    }

    /** Calls that have waited for too long give up. */
    private void expire() {
        for (int i = open.size() - 1; i >= 0; i--) {
            Substream s = open.get(i);
            if (s.deadlineNanos() != Long.MAX_VALUE) {
                s.expire(clock.livedNanos());
            }
        }
    }

    /**
     * When {@link #tick} is due: the next end of a period, or when a call that waits gives up;
     * {@link Long#MAX_VALUE} with none.
     */
    @Override
    public long nextTickNanos() {
        synchronized (lock) {
            return Math.min(nextPeriodNanos(), deadlineNanos());
        }
    }

    private long nextPeriodNanos() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < open.size(); i++) {
            next = Math.min(next, Schedule.nextTickNanos(open.get(i)));
        }
        return next;
    }

    /** When the first call that waits gives up, if everybody lives through the time until then. */
    private long deadlineNanos() {
        long first = Long.MAX_VALUE;
        for (int i = 0; i < open.size(); i++) {
            first = Math.min(first, open.get(i).deadlineNanos());
        }
        return first == Long.MAX_VALUE
                ? first
                : clock.monotonicNanos() + Math.max(0, first - clock.livedNanos());
    }

    /**
     * How far time may move so that no stream starves that its client would still feed, and no call
     * gives up that nothing but time makes fail; see {@link Lockstep}.
     */
    long feedLimitNanos() {
        synchronized (lock) {
            long limit = Long.MAX_VALUE;
            if (nextPeriodNanos() == Long.MAX_VALUE && deadlineNanos() != Long.MAX_VALUE) {
                // nothing moves, somebody waits for it to move: that is no reason to skip the wait
                limit = clock.monotonicNanos();
            }
            for (int i = 0; i < open.size(); i++) {
                limit = Math.min(limit, Schedule.feedLimitNanos(open.get(i)));
            }
            return limit;
        }
    }

    /** Whether a stream runs that only the clock paces; then lockstep has to follow real time. */
    public boolean isFreeRunning() {
        synchronized (lock) {
            for (int i = 0; i < open.size(); i++) {
                Substream s = open.get(i);
                PcmRuntime r = s.runtime();
                if (r.isRunning(s.isCapture())
                        && r.state() != PcmState.DRAINING
                        && Schedule.isFreeRunning(r)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * The machine goes to sleep: every stream that could play or record stands, keeping its place,
     * and says {@code SUSPENDED} until it is resumed, prepared or dropped. Kernel:
     * sound/core/pcm_native.c, snd_pcm_suspend_all().
     *
     * @return how many streams that were
     */
    public int suspend() {
        return forEachOpen(PcmOperations::suspend);
    }

    /**
     * The machine has woken: what {@link #suspend} took goes on from its place, all at one instant.
     * A stream whose device cannot ({@code SNDRV_PCM_INFO_RESUME}) stays {@code SUSPENDED}; its
     * client prepares it. On the kernel every client asks for itself, with {@code
     * SNDRV_PCM_IOCTL_RESUME}, and may do so here as well.
     *
     * @return how many streams go on
     */
    public int resume() {
        return forEachOpen(PcmOperations::resumeAlone);
    }

    /** Acts on each open stream at one instant; answers on how many it could. */
    private int forEachOpen(Act act) {
        synchronized (lock) {
            long nowNanos = clock.monotonicNanos();
            int done = 0;
            for (Substream s : List.copyOf(open)) {
                if (act.on(s, nowNanos) == 0) {
                    done++;
                }
            }
            onSchedule.run();
            return done;
        }
    }

    @FunctionalInterface
    private interface Act {
        int on(Substream s, long nowNanos);
    }

    /** The card is unplugged: every open stream stops, every call answers {@code ENODEV}. */
    public void disconnect() {
        synchronized (lock) {
            disconnected = true;
            for (Substream s : List.copyOf(open)) {
                PcmOperations.disconnect(s);
            }
        }
    }
}
