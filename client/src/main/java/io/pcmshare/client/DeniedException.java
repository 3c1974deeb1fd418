package io.pcmshare.client;

import io.pcmshare.abi.Errno;

/** The server refused. Trying again the same way will be refused again. */
public final class DeniedException extends PcmException {
    private static final long serialVersionUID = 1L;

    /** Says what was refused, and how. */
    public DeniedException(Errno errno, String detail) {
        super(errno, detail);
    }
}
