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
        for (int i = 0; i < all.size(); i++) {
            Ticking ticking = all.get(i);
            if (ticking.nextTickNanos() <= nowNanos) {
                ticking.tick();
            }
        }
        // only now: a mixer card that ticks starts and stops the card that it plays on
        long next = Long.MAX_VALUE;
        for (int i = 0; i < all.size(); i++) {
            next = Math.min(next, all.get(i).nextTickNanos());
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
