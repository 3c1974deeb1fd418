package io.pcmshare.mix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.pcmshare.abi.PcmFormat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Integer samples of every width, order and packing, as signed numbers of {@link Samples#bits}
 * bits. Layouts: uapi/sound/asound.h, {@code SNDRV_PCM_FORMAT_*}.
 *
 * <p>A loop for each width in memory; what differs besides, order, sign and bits, is a second loop
 * over the array. The layouts are constants, without which access is some twenty times slower.
 * Allocates nothing.
 */
final class IntSamples {
    private static final ValueLayout.OfShort SHORT_LE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT_LE =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private IntSamples() {}

    /** Reads samples that follow one another. */
    static void read(MemorySegment from, long offset, PcmFormat format, int[] to, int count) {
        if (Samples.isCompanded(format)) {
            Companding.of(format).read(from, offset, to, count);
            return;
        }
        switch (format.physicalWidth()) {
            case 8 -> read8(from, offset, to, count);
            case 16 -> read16(from, offset, to, count);
            case 24 -> read24(from, offset, to, count);
            default -> read32(from, offset, to, count);
        }
        if (format.isBigEndian()) {
            reverse(to, count, Integer.SIZE - format.physicalWidth());
        }
        int shift = Integer.SIZE - format.width();
        int flip = format.isUnsigned() ? Integer.MIN_VALUE : 0;
        for (int i = 0; i < count; i++) {
            to[i] = ((to[i] << shift) ^ flip) >> shift;
        }
    }

    /** Writes samples that follow one another; spoils the array. */
    static void write(int[] from, int count, MemorySegment to, long offset, PcmFormat format) {
        if (Samples.isCompanded(format)) {
            Companding.of(format).write(from, count, to, offset);
            return;
        }
        if (format.isUnsigned()) {
            int shift = Integer.SIZE - format.width();
            for (int i = 0; i < count; i++) {
                from[i] = ((from[i] << shift) ^ Integer.MIN_VALUE) >>> shift;
            }
        }
        if (format.isBigEndian()) {
            reverse(from, count, Integer.SIZE - format.physicalWidth());
        }
        switch (format.physicalWidth()) {
            case 8 -> write8(from, count, to, offset);
            case 16 -> write16(from, count, to, offset);
            case 24 -> write24(from, count, to, offset);
            default -> write32(from, count, to, offset);
        }
    }

    /** Turns the bytes of what stands in the lower bits. */
    private static void reverse(int[] samples, int count, int unusedBits) {
        for (int i = 0; i < count; i++) {
            samples[i] = Integer.reverseBytes(samples[i]) >> unusedBits;
        }
    }

    private static void read8(MemorySegment from, long offset, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = from.get(JAVA_BYTE, offset + i);
        }
    }

    private static void read16(MemorySegment from, long offset, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = from.get(SHORT_LE, offset + 2L * i);
        }
    }

    private static void read24(MemorySegment from, long offset, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            long at = offset + 3L * i;
            int low = from.get(SHORT_LE, at) & 0xffff;
            to[i] = low | (from.get(JAVA_BYTE, at + 2) << 16);
        }
    }

    private static void read32(MemorySegment from, long offset, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = from.get(INT_LE, offset + 4L * i);
        }
    }

    private static void write8(int[] from, int count, MemorySegment to, long offset) {
        for (int i = 0; i < count; i++) {
            to.set(JAVA_BYTE, offset + i, (byte) from[i]);
        }
    }

    private static void write16(int[] from, int count, MemorySegment to, long offset) {
        for (int i = 0; i < count; i++) {
            to.set(SHORT_LE, offset + 2L * i, (short) from[i]);
        }
    }

    private static void write24(int[] from, int count, MemorySegment to, long offset) {
        for (int i = 0; i < count; i++) {
            long at = offset + 3L * i;
            to.set(SHORT_LE, at, (short) from[i]);
            to.set(JAVA_BYTE, at + 2, (byte) (from[i] >> 16));
        }
    }

    private static void write32(int[] from, int count, MemorySegment to, long offset) {
        for (int i = 0; i < count; i++) {
            to.set(INT_LE, offset + 4L * i, from[i]);
        }
    }
}
