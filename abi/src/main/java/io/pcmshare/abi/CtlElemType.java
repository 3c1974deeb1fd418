package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/** What the values of an element are. Kernel: sound/asound.h, {@code SNDRV_CTL_ELEM_TYPE_*}. */
public enum CtlElemType {
    BOOLEAN(1),
    INTEGER(2),
    ENUMERATED(3),
    BYTES(4),
    IEC958(5),
    INTEGER64(6);

    private final int code;

    CtlElemType(int code) {
        this.code = code;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable CtlElemType of(int code) {
        for (CtlElemType value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return null;
    }
}
