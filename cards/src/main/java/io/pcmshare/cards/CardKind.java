package io.pcmshare.cards;

import java.util.Locale;

/** What a card is, the word before the colon of a {@link CardSpec}. */
public enum CardKind {
    /** Plays nowhere, records silence; what it can do is that of snd-dummy. */
    NULL(8),
    /** Plays into a WAV file, records from one. */
    WAV(1),
    /** What one device plays the other records; what it can do is that of snd-aloop. */
    LOOPBACK(8),
    /** Several streams made one, which is played on another card. */
    MIXER(8),
    /** A card of the kernel. */
    HW(1);

    private final int substreams;

    CardKind(int substreams) {
        this.substreams = substreams;
    }

    /** Substreams of a direction, where nobody says how many. */
    public int substreams() {
        return substreams;
    }

    /** As users say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
