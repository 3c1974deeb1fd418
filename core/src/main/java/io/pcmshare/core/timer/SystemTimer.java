package io.pcmshare.core.timer;

import io.pcmshare.abi.TimerClass;

/**
 * The timer of the machine, which ticks every {@link Timers#SYSTEM_RESOLUTION_NANOS}. Kernel:
 * sound/core/timer.c, snd_timer_s_*(), at 250 Hz.
 *
 * <p>Like the kernel's it never fires early, so it fires at the first tick after the one that was
 * asked for; what it was late by is taken off the next wait, so that the mean is right.
 */
final class SystemTimer extends TimerDevice {
    private static final TimerKey KEY = new TimerKey(TimerClass.GLOBAL.code(), -1, 0, 0);

    private boolean ticking;
    private long lastTick;
    private long expires;
    private long late;

    SystemTimer(Timers timers) {
        super(timers, KEY, "system", "system timer");
    }

    @Override
    long resolutionNanos() {
        return Timers.SYSTEM_RESOLUTION_NANOS;
    }

    @Override
    boolean isSlave() {
        return false;
    }

    @Override
    void startHardware(long ticks) {
        lastTick = timers().nowNanos() / Timers.SYSTEM_RESOLUTION_NANOS;
        long wait = Math.max(1, ticks - late);
        late -= ticks - wait;
        expires = lastTick + wait;
        ticking = true;
    }

    @Override
    void stopHardware() {
        ticking = false;
        late = 0;
    }

    /** When {@link #tick} is due; {@link Long#MAX_VALUE} while nobody waits. */
    long nextTickNanos() {
        return ticking ? (expires + 1) * Timers.SYSTEM_RESOLUTION_NANOS : Long.MAX_VALUE;
    }

    void tick(long nowNanos) {
        long tick = nowNanos / Timers.SYSTEM_RESOLUTION_NANOS;
        if (ticking && tick > expires) {
            late += tick - expires;
            elapsed(tick - lastTick);
        }
    }
}
