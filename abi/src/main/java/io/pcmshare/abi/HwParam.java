package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/**
 * Parameters of a configuration: three masks, then twelve intervals. Kernel: sound/asound.h, {@code
 * SNDRV_PCM_HW_PARAM_*}.
 */
public enum HwParam {
    /** Mask of {@link PcmAccess}. */
    ACCESS(0),
    /** Mask of {@link PcmFormat}. */
    FORMAT(1),
    /** Mask of {@link PcmSubformat}. */
    SUBFORMAT(2),
    /** Bits per sample, physical. */
    SAMPLE_BITS(8),
    /** Bits per frame. */
    FRAME_BITS(9),
    CHANNELS(10),
    /** Frames per second. */
    RATE(11),
    /** Microseconds per period. */
    PERIOD_TIME(12),
    /** Frames per period. */
    PERIOD_SIZE(13),
    PERIOD_BYTES(14),
    /** Periods per buffer. */
    PERIODS(15),
    /** Microseconds per buffer. */
    BUFFER_TIME(16),
    /** Frames per buffer. */
    BUFFER_SIZE(17),
    BUFFER_BYTES(18),
    /** Microseconds; unused. */
    TICK_TIME(19);

    private final int code;

    HwParam(int code) {
        this.code = code;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** Whether this is a mask; all others are intervals. */
    public boolean isMask() {
        return code <= SUBFORMAT.code;
    }

    /** The place among the masks, or among the intervals. */
    public int index() {
        return isMask() ? code - ACCESS.code : code - SAMPLE_BITS.code;
    }

    /** The bit of this parameter in {@code rmask} and {@code cmask}. */
    public int bit() {
        return 1 << code;
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable HwParam of(int code) {
        for (HwParam value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return null;
    }
}
