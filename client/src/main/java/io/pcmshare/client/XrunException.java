package io.pcmshare.client;

import io.pcmshare.abi.Errno;

/** The ring ran empty, or full: the client was too late. The server may start the stream anew. */
public final class XrunException extends PcmException {
    private static final long serialVersionUID = 1L;

    /**
     * Says where.
     *
     * @param hwPtr the hardware's pointer when it stopped, frames
     */
    public XrunException(long hwPtr) {
        super(Errno.EPIPE, "xrun, hwPtr=" + hwPtr);
    }
}
