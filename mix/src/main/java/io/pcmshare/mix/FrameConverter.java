package io.pcmshare.mix;

import io.pcmshare.abi.PcmFormat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Makes frames of one format and number of channels of those of another.
 *
 * <p>The same format: the same bytes. An integer made wider keeps its value exactly; made narrower
 * it is rounded to the nearest, halves away from zero, and saturates; from a float likewise, halves
 * to the even one, and what is no number is 0. One channel goes to all; of more, each goes to that
 * of its number, what is left over is dropped, and what nothing goes to is silent. Threads: one.
 * After it was made, allocates nothing.
 */
public final class FrameConverter {
    private final Shape from;
    private final Shape to;
    private final int blockFrames;
    private final int[] ints;
    private final int[] mappedInts;
    private final double[] doubles;
    private final double[] mappedDoubles;

    /**
     * What frames are.
     *
     * @param format one whose samples are numbers, {@link Samples#areNumbers}
     * @param channels samples in a frame
     */
    public record Shape(PcmFormat format, int channels) {
        /** Refuses what nobody can calculate with. */
        public Shape {
            Samples.requireNumbers(format);
            if (channels <= 0) {
                throw new IllegalArgumentException("channels=" + channels);
            }
        }

        /** Bytes of one frame. */
        public int frameBytes() {
            return Samples.bytes(format) * channels;
        }
    }

    /** A converter. */
    public FrameConverter(Shape from, Shape to) {
        this.from = from;
        this.to = to;
        this.blockFrames = Math.max(1, Samples.BLOCK / Math.max(from.channels, to.channels));
        this.ints = new int[blockFrames * from.channels];
        this.mappedInts = new int[blockFrames * to.channels];
        boolean viaFloat = from.format.isFloat() || to.format.isFloat();
        this.doubles = new double[viaFloat ? ints.length : 0];
        this.mappedDoubles = new double[viaFloat ? mappedInts.length : 0];
    }

    /** Converts frames from one place to another, which must not overlap. */
    public void convert(
            MemorySegment source,
            long sourceOffset,
            MemorySegment target,
            long offset,
            long frames) {
        if (from.equals(to)) {
            MemorySegment.copy(source, sourceOffset, target, offset, frames * to.frameBytes());
            return;
        }
        for (long done = 0; done < frames; ) {
            int block = (int) Math.min(blockFrames, frames - done);
            long readAt = sourceOffset + done * from.frameBytes();
            long writeAt = offset + done * to.frameBytes();
            if (from.format.isFloat() || to.format.isFloat()) {
                viaDoubles(source, readAt, target, writeAt, block);
            } else {
                viaInts(source, readAt, target, writeAt, block);
            }
            done += block;
        }
    }

    private void viaInts(
            MemorySegment source, long readAt, MemorySegment target, long writeAt, int frames) {
        int count = frames * from.channels;
        IntSamples.read(source, readAt, from.format, ints, count);
        int wider = Samples.bits(to.format) - Samples.bits(from.format);
        if (wider >= 0) {
            for (int i = 0; i < count; i++) {
                ints[i] <<= wider;
            }
        } else {
            long max = (1L << (Samples.bits(to.format) - 1)) - 1;
            for (int i = 0; i < count; i++) {
                ints[i] = (int) Math.min(max, Samples.roundedShift(ints[i], -wider));
            }
        }
        for (int channel = 0; channel < to.channels; channel++) {
            int source1 = sourceOf(channel);
            for (int frame = 0; frame < frames; frame++) {
                mappedInts[frame * to.channels + channel] =
                        source1 < 0 ? 0 : ints[frame * from.channels + source1];
            }
        }
        IntSamples.write(mappedInts, frames * to.channels, target, writeAt, to.format);
    }

    private void viaDoubles(
            MemorySegment source, long readAt, MemorySegment target, long writeAt, int frames) {
        int count = frames * from.channels;
        if (from.format.isFloat()) {
            FloatSamples.read(source, readAt, from.format, doubles, count);
        } else {
            IntSamples.read(source, readAt, from.format, ints, count);
            double scale = 1.0 / (1L << (Samples.bits(from.format) - 1));
            for (int i = 0; i < count; i++) {
                doubles[i] = ints[i] * scale;
            }
        }
        Arrays.fill(mappedDoubles, 0);
        for (int channel = 0; channel < to.channels; channel++) {
            int source1 = sourceOf(channel);
            for (int frame = 0; source1 >= 0 && frame < frames; frame++) {
                mappedDoubles[frame * to.channels + channel] =
                        doubles[frame * from.channels + source1];
            }
        }
        writeDoubles(target, writeAt, frames * to.channels);
    }

    private void writeDoubles(MemorySegment target, long writeAt, int count) {
        if (to.format.isFloat()) {
            FloatSamples.write(mappedDoubles, count, target, writeAt, to.format);
            return;
        }
        double full = 1L << (Samples.bits(to.format) - 1);
        for (int i = 0; i < count; i++) {
            // the cast makes 0 of what is no number
            mappedInts[i] = (int) Math.rint(Math.clamp(mappedDoubles[i] * full, -full, full - 1));
        }
        IntSamples.write(mappedInts, count, target, writeAt, to.format);
    }

    /** The channel that goes to this one; −1 for silence. */
    private int sourceOf(int channel) {
        if (from.channels == 1) {
            return 0;
        }
        return channel < from.channels ? channel : -1;
    }
}
