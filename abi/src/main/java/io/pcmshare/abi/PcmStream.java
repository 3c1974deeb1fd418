package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/** Directions of a substream. Kernel: sound/asound.h, {@code SNDRV_PCM_STREAM_*}. */
public enum PcmStream {
    PLAYBACK(0),
    CAPTURE(1);

    private final int code;

    PcmStream(int code) {
        this.code = code;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable PcmStream of(int code) {
        for (PcmStream value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return null;
    }
}
