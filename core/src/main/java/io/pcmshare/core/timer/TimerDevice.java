package io.pcmshare.core.timer;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.TimerEvent;

import java.util.ArrayList;
import java.util.List;

/**
 * A timer. Kernel: include/sound/timer.h, {@code struct snd_timer}; sound/core/timer.c.
 *
 * <p>Threads: under the lock of {@link Timers}, except where said. An interrupt allocates nothing.
 */
public abstract sealed class TimerDevice permits SystemTimer, PcmTimer {
    private static final int MAX_INSTANCES = 1000;

    private final Timers timers;
    private final TimerKey key;
    private final String id;
    private final String name;
    private final List<TimerInstance> open = new ArrayList<>();
    private final List<TimerInstance> active = new ArrayList<>();
    private int running;

    TimerDevice(Timers timers, TimerKey key, String id, String name) {
        this.timers = timers;
        this.key = key;
        this.id = id;
        this.name = name;
    }

    Timers timers() {
        return timers;
    }

    TimerKey key() {
        return key;
    }

    /** Short text. */
    public String id() {
        return id;
    }

    /** Text for people. */
    public String name() {
        return name;
    }

    /** Nanoseconds of a tick; 0 while not known. */
    abstract long resolutionNanos();

    /** Whether programs cannot set its pace. */
    abstract boolean isSlave();

    /** Begins to tick; interrupts are wanted every {@code ticks}. */
    abstract void startHardware(long ticks);

    /** Ticks no more. */
    abstract void stopHardware();

    int clients() {
        return open.size();
    }

    int running() {
        return running;
    }

    /** 0, or a negated errno. */
    int attach(TimerInstance instance) {
        if ((!open.isEmpty() && open.getFirst().exclusive) || open.size() >= MAX_INSTANCES) {
            return Errno.EBUSY.negated();
        }
        open.add(instance);
        return 0;
    }

    void detach(TimerInstance instance) {
        stop(instance, false);
        open.remove(instance);
    }

    /** Starts from the beginning: 0, or a negated errno. */
    int start(TimerInstance instance, long ticks) {
        if (ticks < 1) {
            return Errno.EINVAL.negated();
        }
        if (instance.isStarted()) {
            return Errno.EBUSY.negated();
        }
        instance.ticks = ticks;
        instance.left = ticks;
        begin(instance, TimerEvent.START);
        return 0;
    }

    /** Goes on from where it paused: 0, or a negated errno. */
    int resume(TimerInstance instance) {
        if (instance.isStarted()) {
            return Errno.EBUSY.negated();
        }
        instance.left = Math.max(1, instance.left);
        begin(instance, TimerEvent.CONTINUE);
        return 0;
    }

    private void begin(TimerInstance instance, TimerEvent event) {
        instance.passed = 0;
        instance.paused = false;
        active.add(instance);
        if (running > 0 && !isSlave()) {
            instance.starting = true; // at the next interrupt, so that all count whole ticks
        } else {
            instance.running = true;
            running++;
            changed();
            startHardware(instance.left);
        }
        instance.file.happened(event, timers.nowNanos(), resolutionNanos());
    }

    /** Stops, or pauses: 0, or a negated {@code EBUSY} when it does not run. */
    int stop(TimerInstance instance, boolean pause) {
        if (!instance.isStarted()) {
            return Errno.EBUSY.negated();
        }
        active.remove(instance);
        if (!pause) {
            instance.left = instance.ticks;
            instance.passed = 0;
        }
        boolean ran = instance.running;
        instance.running = false;
        instance.starting = false;
        instance.paused = pause;
        if (ran && --running == 0) {
            stopHardware();
            promote();
            if (running > 0) {
                startHardware(soonest());
            }
        }
        changed();
        TimerEvent event = pause ? TimerEvent.PAUSE : TimerEvent.STOP;
        instance.file.happened(event, timers.nowNanos(), 0);
        return 0;
    }

    /** Ticks passed: counts them for everybody, and begins anew. */
    final void elapsed(long ticks) {
        long resolution = resolutionNanos();
        for (int i = active.size() - 1; i >= 0; i--) {
            TimerInstance instance = active.get(i);
            if (!instance.running || !instance.count(ticks)) {
                continue;
            }
            if (instance.auto) {
                instance.left = instance.ticks;
            } else {
                instance.running = false;
                running--;
                active.remove(i);
            }
            long passed = instance.passed;
            instance.passed = 0;
            instance.file.ticked(resolution, passed);
        }
        promote();
        changed();
        if (running > 0) {
            startHardware(soonest());
        } else {
            stopHardware();
        }
    }

    /** Tells all that use it what happened to what is behind it. */
    final void tell(TimerEvent event, long resolution) {
        long nowNanos = timers.nowNanos();
        for (int i = 0; i < active.size(); i++) {
            active.get(i).file.happened(event, nowNanos, resolution);
        }
    }

    private void promote() {
        for (int i = 0; i < active.size(); i++) {
            TimerInstance instance = active.get(i);
            if (instance.starting) {
                instance.starting = false;
                instance.running = true;
                running++;
            }
        }
    }

    private long soonest() {
        long soonest = Long.MAX_VALUE;
        for (int i = 0; i < active.size(); i++) {
            soonest = Math.min(soonest, active.get(i).left);
        }
        return soonest;
    }

    /** {@link #running} may be another number now. */
    void changed() {}
}
