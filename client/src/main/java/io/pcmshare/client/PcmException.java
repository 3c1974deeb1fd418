package io.pcmshare.client;

import io.pcmshare.abi.Errno;

import java.io.IOException;

/** A stream could not go on; the subclass says why and what can be done. */
public abstract sealed class PcmException extends IOException
        permits DeniedException, DisconnectedException, XrunException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    PcmException(Errno errno, String detail) {
        super(detail + ": " + errno + " (" + errno.value() + ")");
        this.errno = errno;
    }

    /** What the kernel would have answered. */
    public Errno errno() {
        return errno;
    }
}
