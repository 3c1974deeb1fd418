package io.pcmshare.server.control;

import java.io.Serial;

/** Why something was not done, in a sentence for people. */
public final class ControlException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    /** With a sentence that says what to do about it, where that is known. */
    public ControlException(String sentence) {
        super(sentence);
    }

    /** The sentence. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
