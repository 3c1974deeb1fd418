package io.pcmshare.server.guest;

import java.io.IOException;

/** A server does not take programs; the message is a sentence for people. */
public final class GuestRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    GuestRefusedException(String message) {
        super(message);
    }
}
