package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/** Subformats. Kernel: sound/asound.h, {@code SNDRV_PCM_SUBFORMAT_*}, protocol 2.0.15. */
public enum PcmSubformat {
    STD(0);

    private final int code;

    PcmSubformat(int code) {
        this.code = code;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** The bit of this value in the mask of {@link HwParams}. */
    public long maskBit() {
        return 1L << code;
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable PcmSubformat of(int code) {
        for (PcmSubformat value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return null;
    }
}
