package io.pcmshare.client;

/** Told of each wake-up on the audio thread; must neither allocate nor wait. */
@FunctionalInterface
public interface WakeListener {
    /** Nobody is told. */
    WakeListener NONE = latencyNanos -> {};

    /**
     * The player runs again.
     *
     * @param latencyNanos time since the end of the period that woke it, by the card's clock
     */
    void onWake(long latencyNanos);
}
