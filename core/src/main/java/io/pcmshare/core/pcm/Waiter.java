package io.pcmshare.core.pcm;

/**
 * Somebody parked until a stream changes. Called under the card's lock, so it must not wait itself.
 */
@FunctionalInterface
public interface Waiter {
    /**
     * The stream changed.
     *
     * @return true when done, so that it is not called again
     */
    boolean onChange();
}
