package io.pcmshare.cards;

import io.pcmshare.abi.PcmFormat;

import org.jspecify.annotations.Nullable;

/** What stands behind a card that does not make its sound itself. */
public sealed interface CardTarget {
    /** Nothing: it makes its sound itself. */
    CardTarget NONE = new Nothing();

    /** Nothing. */
    record Nothing() implements CardTarget {}

    /**
     * Another of our cards, which a mixer plays on.
     *
     * @param card its number
     * @param channels of the mix; 0 for two, or what the card has next to that
     * @param format of the mix; {@code null} for S16_LE, or the best that the card has
     */
    record Mix(int card, int channels, @Nullable PcmFormat format) implements CardTarget {}

    /**
     * A sound card of the machine.
     *
     * @param card its number
     * @param device the only one of its devices that is wanted; {@link #ALL_DEVICES} for all
     */
    record Machine(int card, int device) implements CardTarget {
        /** All devices. */
        public static final int ALL_DEVICES = -1;
    }
}
