package io.pcmshare.run.time;

import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.timer.Timers;

/**
 * Time of cards that another thread ticks. Only the system timer is left to be moved, which whoever
 * serves a program does when it is due. Allocates nothing.
 */
public final class HostedLoopTime implements LoopTime {
    /** A clock that programs move cannot be waited for. */
    private static final long GLANCE_NANOS = 1_000_000L;

    private final Timers timers;
    private final CardClock clock;

    /** Of timers that go by this clock. */
    public HostedLoopTime(Timers timers, CardClock clock) {
        this.timers = timers;
        this.clock = clock;
    }

    @Override
    public long advance() {
        if (timers.nextTickNanos() <= clock.monotonicNanos()) {
            timers.tick();
        }
        long next = timers.nextTickNanos();
        if (next == Long.MAX_VALUE) {
            return NEVER;
        }
        long left = Math.max(0, next - clock.monotonicNanos());
        return clock instanceof ManualClock ? Math.min(left, GLANCE_NANOS) : left;
    }

    @Override
    public void answered(int tid) {}

    @Override
    public void woken(int tid) {}

    @Override
    public void waits(int tid) {}
}
