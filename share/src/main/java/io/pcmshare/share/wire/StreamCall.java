package io.pcmshare.share.wire;

import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.share.Right;

import org.jspecify.annotations.Nullable;

/** What a client can have done with its stream by {@link Message.Call}. */
public enum StreamCall {
    /** Ready to begin anew: the client fills its ring and says READY again. */
    PREPARE(Right.PREPARE, PcmIoctl.PREPARE),
    /** Stops at once. */
    DROP(Right.DROP, PcmIoctl.DROP),
    /** Stands, with argument 1, and goes on, with argument 0. */
    PAUSE(Right.PAUSE, PcmIoctl.PAUSE);

    private final Right right;
    private final PcmIoctl ioctl;

    StreamCall(Right right, PcmIoctl ioctl) {
        this.right = right;
        this.ioctl = ioctl;
    }

    /** Its number on the wire: that of the ioctl. */
    public int code() {
        return ioctl.nr();
    }

    /** Who may have it done. */
    public Right right() {
        return right;
    }

    /** The call of a number; {@code null} for none. */
    public static @Nullable StreamCall of(int code) {
        for (StreamCall call : values()) {
            if (call.code() == code) {
                return call;
            }
        }
        return null;
    }
}
