package io.pcmshare.run;

import java.io.IOException;

/** Programs cannot be supervised here; the message says why and what to do, in a sentence. */
public final class SupervisionException extends IOException {
    private static final long serialVersionUID = 1L;

    SupervisionException(String message, Throwable cause) {
        super(message, cause);
    }
}
