package io.pcmshare.client;

import io.pcmshare.abi.Errno;

/** The grant was taken back, or the server or the card is gone. Connect anew. */
public final class DisconnectedException extends PcmException {
    private static final long serialVersionUID = 1L;

    private final long heardFrames;

    /**
     * Says why.
     *
     * @param heardFrames frames that were heard before; -1 where nobody knows
     */
    public DisconnectedException(String detail, long heardFrames) {
        super(Errno.ENODEV, detail);
        this.heardFrames = heardFrames;
    }

    /** Frames that were heard before the end, -1 where nobody knows. */
    public long heardFrames() {
        return heardFrames;
    }
}
