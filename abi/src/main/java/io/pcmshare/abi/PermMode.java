package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/**
 * What an anonymous dup may do. {@code SNDRV_PCM_PERM_MODE_*} of the series "ALSA: pcm: anonymous
 * dup" v4 (February 2019), never merged.
 */
public enum PermMode {
    /** Everything the original may. */
    FULL(0),
    /** Map the ring, and nothing else. */
    BUFFER(1);

    private final int code;

    PermMode(int code) {
        this.code = code;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable PermMode of(int code) {
        for (PermMode value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return null;
    }
}
