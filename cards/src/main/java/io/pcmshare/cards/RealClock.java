package io.pcmshare.cards;

import io.pcmshare.core.clock.CardClock;
import io.pcmshare.sys.Clocks;

/** The machine's clocks. */
public final class RealClock implements CardClock {
    @Override
    public long monotonicNanos() {
        return Clocks.monotonicNanos();
    }

    @Override
    public long realtimeNanos() {
        return Clocks.realtimeNanos();
    }

    @Override
    public long monotonicRawNanos() {
        return Clocks.monotonicRawNanos();
    }
}
