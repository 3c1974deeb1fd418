package io.pcmshare.mix;

import io.pcmshare.abi.PcmFormat;

/** What the formats have in common for those who calculate with samples. */
public final class Samples {
    /** Samples that are read, calculated and written at a time; small enough for the cache. */
    static final int BLOCK = 1024;

    private Samples() {}

    /**
     * Whether a sample of this format is a number that can be made louder, mixed or converted: all
     * integers, floats, A-law and µ-law. Not so DSD, IEC 958, ADPCM and MPEG.
     */
    public static boolean areNumbers(PcmFormat format) {
        return format.isLinear() || format.isFloat() || isCompanded(format);
    }

    static boolean isCompanded(PcmFormat format) {
        return format == PcmFormat.A_LAW || format == PcmFormat.MU_LAW;
    }

    /** Bits of an integer sample; those of what a companded one stands for. */
    static int bits(PcmFormat format) {
        return isCompanded(format) ? Companding.BITS : format.width();
    }

    static int bytes(PcmFormat format) {
        return format.physicalWidth() / Byte.SIZE;
    }

    static void requireNumbers(PcmFormat format) {
        if (!areNumbers(format)) {
            throw new IllegalArgumentException("format=" + format);
        }
    }

    /** {@code value / 2^shift}, to the nearest; halves away from zero, so that no offset grows. */
    static long roundedShift(long value, int shift) {
        return (value + (1L << shift >> 1) + (value >> 63)) >> shift;
    }
}
