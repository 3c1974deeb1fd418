package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/** States of a substream. Kernel: sound/asound.h, {@code SNDRV_PCM_STATE_*}. */
public enum PcmState {
    OPEN(0),
    SETUP(1),
    PREPARED(2),
    RUNNING(3),
    XRUN(4),
    DRAINING(5),
    PAUSED(6),
    SUSPENDED(7),
    DISCONNECTED(8);

    private final int code;

    PcmState(int code) {
        this.code = code;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable PcmState of(int code) {
        for (PcmState value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return null;
    }
}
