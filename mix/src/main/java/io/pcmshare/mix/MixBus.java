package io.pcmshare.mix;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.mix.FrameConverter.Shape;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Sums of streams: each adds its frames where they belong in time, and what is complete is taken
 * out, rounded and clipped once.
 *
 * <p>Sums are doubles, full scale at 1. A double holds the sum of two million streams of 32-bit
 * integers exactly, so that a mix of integers does not depend on the order in which they came, one
 * stream alone comes out to the bit, and no addition saturates. Frames are counted from the
 * beginning of the bus; those not taken yet are at most {@link #capacity()}. Threads: one. After it
 * was made, allocates nothing.
 */
public final class MixBus {
    private final Shape shape;
    private final FrameConverter out;
    private final double[] sums;
    private final MemorySegment memory;
    private final int capacity;
    private final int outBytes;
    private long taken;

    /**
     * A bus on which nothing was said.
     *
     * @param out what is taken out
     * @param capacity frames that can be ahead of what was taken
     */
    public MixBus(Shape out, int capacity) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("capacity=" + capacity);
        }
        this.capacity = capacity;
        this.outBytes = out.frameBytes();
        this.shape = new Shape(PcmFormat.FLOAT64_LE, out.channels());
        this.out = new FrameConverter(shape, out);
        this.sums = new double[capacity * out.channels()];
        this.memory = MemorySegment.ofArray(sums);
    }

    /** Frames that can be ahead of what was taken. */
    public int capacity() {
        return capacity;
    }

    /** Frames taken until now: the number of the next one. */
    public long taken() {
        return taken;
    }

    /** One of the streams that are summed. */
    public final class Input {
        private final Shape from;
        private final FrameConverter converter;
        private final double[] block;
        private final MemorySegment blockMemory;
        private final int blockFrames;

        private Input(Shape from) {
            this.from = from;
            this.converter = new FrameConverter(from, shape);
            this.blockFrames = Math.max(1, Samples.BLOCK / shape.channels());
            this.block = new double[blockFrames * shape.channels()];
            this.blockMemory = MemorySegment.ofArray(block);
        }

        /**
         * Adds frames. Those that were taken already, or that the bus has no room for, are lost.
         *
         * @param source where they are, one behind the other
         * @param offset the first one's first byte
         * @param frames how many
         * @param atFrame the first one's number on the bus
         */
        public void add(MemorySegment source, long offset, long frames, long atFrame) {
            long done = Math.clamp(taken - atFrame, 0, frames);
            long end = Math.clamp(taken + capacity - atFrame, 0, frames);
            while (done < end) {
                int place = (int) ((atFrame + done) % capacity);
                int piece = (int) Math.min(Math.min(end - done, blockFrames), capacity - place);
                converter.convert(source, offset + done * from.frameBytes(), blockMemory, 0, piece);
                int first = place * shape.channels();
                int count = piece * shape.channels();
                for (int i = 0; i < count; i++) {
                    sums[first + i] += block[i];
                }
                done += piece;
            }
        }
    }

    /** Another stream, of any format and number of channels that can be converted. */
    public Input input(Shape from) {
        return new Input(from);
    }

    /**
     * Takes the next frames out; where nobody said anything there is silence.
     *
     * @param target where they go, one behind the other
     * @param offset the first one's first byte
     * @param frames how many, at most {@link #capacity()}
     */
    public void take(MemorySegment target, long offset, long frames) {
        if (frames < 0 || frames > capacity) {
            throw new IllegalArgumentException("frames=" + frames + ", capacity=" + capacity);
        }
        for (long done = 0; done < frames; ) {
            int place = (int) (taken % capacity);
            int piece = (int) Math.min(frames - done, capacity - place);
            out.convert(
                    memory,
                    (long) place * shape.frameBytes(),
                    target,
                    offset + done * outBytes,
                    piece);
            Arrays.fill(sums, place * shape.channels(), (place + piece) * shape.channels(), 0);
            taken += piece;
            done += piece;
        }
    }
}
