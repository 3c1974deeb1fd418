package io.pcmshare.server.monitor;

import java.io.Serial;

/** Why a request is not answered: a status of HTTP and a sentence for people. */
final class Refusal extends Exception {
    @Serial private static final long serialVersionUID = 1;

    private final int status;

    Refusal(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** The sentence. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
