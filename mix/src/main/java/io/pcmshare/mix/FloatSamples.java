package io.pcmshare.mix;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.pcmshare.abi.PcmFormat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** IEEE-754 samples as doubles, full scale at 1. Allocates nothing. */
final class FloatSamples {
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private FloatSamples() {}

    /** Reads samples that follow one another. */
    static void read(MemorySegment from, long offset, PcmFormat format, double[] to, int count) {
        boolean turned = format.isBigEndian();
        if (format.physicalWidth() == Float.SIZE) {
            for (int i = 0; i < count; i++) {
                int bits = from.get(INT, offset + 4L * i);
                to[i] = Float.intBitsToFloat(turned ? Integer.reverseBytes(bits) : bits);
            }
        } else {
            for (int i = 0; i < count; i++) {
                long bits = from.get(LONG, offset + 8L * i);
                to[i] = Double.longBitsToDouble(turned ? Long.reverseBytes(bits) : bits);
            }
        }
    }

    /** Writes samples that follow one another, rounded to the nearest. */
    static void write(double[] from, int count, MemorySegment to, long offset, PcmFormat format) {
        boolean turned = format.isBigEndian();
        if (format.physicalWidth() == Float.SIZE) {
            for (int i = 0; i < count; i++) {
                int bits = Float.floatToRawIntBits((float) from[i]);
                to.set(INT, offset + 4L * i, turned ? Integer.reverseBytes(bits) : bits);
            }
        } else {
            for (int i = 0; i < count; i++) {
                long bits = Double.doubleToRawLongBits(from[i]);
                to.set(LONG, offset + 8L * i, turned ? Long.reverseBytes(bits) : bits);
            }
        }
    }
}
