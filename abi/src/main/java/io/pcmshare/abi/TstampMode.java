package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/**
 * Whether updates of the pointer are timestamped. Kernel: sound/asound.h, {@code
 * SNDRV_PCM_TSTAMP_*}.
 */
public enum TstampMode {
    NONE(0),
    ENABLE(1);

    private final int code;

    TstampMode(int code) {
        this.code = code;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable TstampMode of(int code) {
        for (TstampMode value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return null;
    }
}
