package io.pcmshare.core.clock;

/** Something that has to be looked at again and again: a card, or the timers. Threads: any. */
public interface Ticking {
    /** When {@link #tick} is due; {@link Long#MAX_VALUE} while nothing runs. */
    long nextTickNanos();

    /** Brings it up to the clock. */
    void tick();
}
