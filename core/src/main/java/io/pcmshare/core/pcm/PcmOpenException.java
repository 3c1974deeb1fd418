package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;

/** A substream could not be opened. */
public final class PcmOpenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /** Says what the kernel would answer, and why. */
    public PcmOpenException(Errno errno, String detail) {
        super("open: " + errno + " (" + errno.value() + "), " + detail);
        this.errno = errno;
    }

    /** What the kernel would answer. */
    public Errno errno() {
        return errno;
    }
}
