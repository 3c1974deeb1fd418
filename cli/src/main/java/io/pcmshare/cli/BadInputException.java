package io.pcmshare.cli;

import org.jspecify.annotations.Nullable;

/** What the user asked for cannot be done; the message is one sentence for him. */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public BadInputException(String sentence) {
        super(sentence);
    }

    /** Says what is wrong, and what led to it. */
    public BadInputException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
