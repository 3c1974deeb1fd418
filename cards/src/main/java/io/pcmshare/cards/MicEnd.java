package io.pcmshare.cards;

import java.util.Locale;

/** What is recorded when the file that stands for the microphone is over. */
public enum MicEnd {
    /** Nothing more. */
    SILENCE,
    /** The file again, without a gap. */
    REPEAT;

    /** As users say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
