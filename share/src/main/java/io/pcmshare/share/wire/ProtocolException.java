package io.pcmshare.share.wire;

import java.io.IOException;

/** A peer sent something that is no message; its session ends, and no other. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what was wrong, with values. */
    public ProtocolException(String detail) {
        super("protocol: " + detail);
    }
}
