package io.pcmshare.run.time;

import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.clock.Ticking;

import java.util.List;

/** Real time: ticks when the end of a period has come. Allocates nothing. */
public final class RealLoopTime implements LoopTime {
    private final List<Ticking> all;
    private final CardClock clock;

    /** Keeps the time of what runs by this clock. */
    public RealLoopTime(List<Ticking> all, CardClock clock) {
        this.all = List.copyOf(all);
        this.clock = clock;
    }

    @Override
    public long advance() {
        long nowNanos = clock.monotonicNanos();
        long next = Long.MAX_VALUE;
        for (int i = 0; i < all.size(); i++) {
            Ticking ticking = all.get(i);
            long due = ticking.nextTickNanos();
            if (due <= nowNanos) {
                ticking.tick();
                due = ticking.nextTickNanos();
            }
            next = Math.min(next, due);
        }
        return next == Long.MAX_VALUE ? NEVER : Math.max(0, next - nowNanos);
    }

    @Override
    public void answered(int tid) {}

    @Override
    public void woken(int tid) {}

    @Override
    public void waits(int tid) {}
}
