package io.pcmshare.mix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.pcmshare.abi.PcmFormat;

import java.lang.foreign.MemorySegment;
import java.util.function.IntUnaryOperator;

/**
 * A-law and µ-law. Source: ITU-T G.711, its numbers scaled to 16 bits.
 *
 * <p>A number is written as the code whose meaning is nearest, which is what G.711's decision
 * levels say; halfway between two, the lower one, so that 0 is the code that the kernel calls
 * silence.
 */
final class Companding {
    /** Of what a code means. */
    static final int BITS = 16;

    private static final int CODES = 256;
    private static final int VALUES = 1 << BITS;

    private static final Companding A_LAW = new Companding(Companding::alaw);
    private static final Companding MU_LAW = new Companding(Companding::mulaw);

    private final short[] meanings = new short[CODES];
    private final byte[] codes = new byte[VALUES];

    private Companding(IntUnaryOperator meaning) {
        for (int code = 0; code < CODES; code++) {
            meanings[code] = (short) meaning.applyAsInt(code);
        }
        for (int i = 0; i < VALUES; i++) {
            codes[i] = (byte) nearest(i + Short.MIN_VALUE);
        }
    }

    static Companding of(PcmFormat format) {
        return format == PcmFormat.A_LAW ? A_LAW : MU_LAW;
    }

    void read(MemorySegment from, long offset, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = meanings[from.get(JAVA_BYTE, offset + i) & 0xff];
        }
    }

    void write(int[] from, int count, MemorySegment to, long offset) {
        for (int i = 0; i < count; i++) {
            to.set(JAVA_BYTE, offset + i, codes[from[i] - Short.MIN_VALUE]);
        }
    }

    private int nearest(int value) {
        int best = 0;
        for (int code = 1; code < CODES; code++) {
            int further = Math.abs(meanings[code] - value) - Math.abs(meanings[best] - value);
            if (further < 0 || (further == 0 && meanings[code] < meanings[best])) {
                best = code;
            }
        }
        return best;
    }

    /** Sign, three bits of exponent, four of mantissa; every second bit of the code is inverted. */
    private static int alaw(int code) {
        int bits = code ^ 0x55;
        int exponent = bits >> 4 & 7;
        int mantissa = (bits & 15) << 4 | 8;
        int magnitude = exponent == 0 ? mantissa : (mantissa | 0x100) << (exponent - 1);
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }

    /** The same with all bits inverted, and a bias that makes the steps join. */
    private static int mulaw(int code) {
        int bias = 0x84;
        int bits = ~code;
        int exponent = bits >> 4 & 7;
        int magnitude = ((((bits & 15) << 3) + bias) << exponent) - bias;
        return (bits & 0x80) != 0 ? -magnitude : magnitude;
    }
}
