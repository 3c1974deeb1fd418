package io.pcmshare.server;

import io.pcmshare.core.pcm.Card;

import java.util.List;

/** Keeps cards' time: ticks them when they are due. {@link #doWork} is stepped by one thread. */
public sealed interface Timekeeper permits RealTimekeeper, LockstepTimekeeper {
    /** Waits until something is due, or for a while, and does it. Allocates nothing. */
    void doWork();

    /** Makes a {@link #doWork} that waits look again. Callable from any thread. */
    void wakeUp();

    /** Keeps the time of these from now on, instead of others. Callable from any thread. */
    void cards(List<Card> newCards);
}
