package io.pcmshare.cards;

import java.io.IOException;

/** A file is no WAV file that we can play; the message is one sentence for a person. */
public final class WavFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public WavFormatException(String sentence) {
        super(sentence);
    }
}
