package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/** Clocks of timestamps. Kernel: sound/asound.h, {@code SNDRV_PCM_TSTAMP_TYPE_*}. */
public enum TstampType {
    /** {@code CLOCK_REALTIME}. */
    GETTIMEOFDAY(0),
    /** {@code CLOCK_MONOTONIC}. */
    MONOTONIC(1),
    /** {@code CLOCK_MONOTONIC_RAW}: no corrections by NTP. */
    MONOTONIC_RAW(2);

    private final int code;

    TstampType(int code) {
        this.code = code;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable TstampType of(int code) {
        for (TstampType value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return null;
    }
}
