package io.pcmshare.mix;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.pcmshare.abi.PcmFormat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** IEEE-754 samples as doubles, full scale at 1. Allocates nothing. */
final class FloatSamples {
    private static final ValueLayout.OfFloat FLOAT_LE =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT_BE =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE_LE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE_BE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(BIG_ENDIAN);

    private FloatSamples() {}

    /** Reads samples that follow one another. */
    static void read(MemorySegment from, long offset, PcmFormat format, double[] to, int count) {
        if (format.physicalWidth() == Float.SIZE) {
            ValueLayout.OfFloat layout = format.isBigEndian() ? FLOAT_BE : FLOAT_LE;
            for (int i = 0; i < count; i++) {
                to[i] = from.get(layout, offset + 4L * i);
            }
        } else {
            ValueLayout.OfDouble layout = format.isBigEndian() ? DOUBLE_BE : DOUBLE_LE;
            for (int i = 0; i < count; i++) {
                to[i] = from.get(layout, offset + 8L * i);
            }
        }
    }

    /** Writes samples that follow one another, rounded to the nearest. */
    static void write(double[] from, int count, MemorySegment to, long offset, PcmFormat format) {
        if (format.physicalWidth() == Float.SIZE) {
            ValueLayout.OfFloat layout = format.isBigEndian() ? FLOAT_BE : FLOAT_LE;
            for (int i = 0; i < count; i++) {
                to.set(layout, offset + 4L * i, (float) from[i]);
            }
        } else {
            ValueLayout.OfDouble layout = format.isBigEndian() ? DOUBLE_BE : DOUBLE_LE;
            for (int i = 0; i < count; i++) {
                to.set(layout, offset + 8L * i, from[i]);
            }
        }
    }
}
