package io.pcmshare.server;

/** Keeps a card's time: ticks it when it is due. {@link #doWork} is stepped by one thread. */
public sealed interface Timekeeper permits RealTimekeeper, LockstepTimekeeper {
    /** Waits until something is due, or for a while, and does it. Allocates nothing. */
    void doWork();

    /** Makes a {@link #doWork} that waits look again. Callable from any thread. */
    void wakeUp();
}
