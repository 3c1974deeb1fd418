package io.pcmshare.mix;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.mix.FrameConverter.Shape;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Sums of streams within a window of time that moves on: what was rendered stays there for as long
 * as the window is behind it, so that somebody who comes late is added and it is rendered again,
 * and somebody who listens hears what was played.
 *
 * <p>Sums are doubles, full scale at 1; they saturate only where they are rendered, once. Frames
 * are counted from 0. Threads: one. After it was made, allocates nothing.
 */
public final class MixWindow {
    private static final long SEED = 0x5eed_50da_11edL;

    private final Shape out;
    private final FrameConverter converter;
    private final Dither dither;
    private final double[] sums;
    private final double[] block;
    private final MemorySegment blockMemory;
    private final int capacity;
    private final int blockFrames;
    private long begin;

    /**
     * A window at frame 0, in which nothing was said.
     *
     * @param out what is rendered
     * @param capacity frames from its begin to its end
     */
    public MixWindow(Shape out, int capacity) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("capacity=" + capacity);
        }
        this.out = out;
        this.capacity = capacity;
        this.converter = new FrameConverter(new Shape(PcmFormat.FLOAT64_LE, out.channels()), out);
        this.dither = new Dither(PcmFormat.FLOAT64_LE, out.format(), SEED);
        this.sums = new double[capacity * out.channels()];
        this.blockFrames = Math.max(1, Samples.BLOCK / out.channels());
        this.block = new double[blockFrames * out.channels()];
        this.blockMemory = MemorySegment.ofArray(block);
    }

    /** What is rendered. */
    public Shape out() {
        return out;
    }

    /** Frames from its begin to its end. */
    public int capacity() {
        return capacity;
    }

    /** Its first frame: what is before it was forgotten. */
    public long begin() {
        return begin;
    }

    /** The frame behind its last one. */
    public long end() {
        return begin + capacity;
    }

    /** Moves its begin on, never back; what it leaves behind is forgotten. */
    public void advance(long newBegin) {
        if (newBegin - begin >= capacity) {
            Arrays.fill(sums, 0);
            begin = newBegin;
            return;
        }
        while (begin < newBegin) {
            int place = (int) (begin % capacity);
            int piece = (int) Math.min(newBegin - begin, capacity - place);
            Arrays.fill(sums, place * out.channels(), (place + piece) * out.channels(), 0);
            begin += piece;
        }
    }

    /**
     * Adds frames; those outside of the window are lost.
     *
     * @param samples of frames, as many channels as {@link #out}
     * @param first the first frame's number in the array
     * @param frames how many
     * @param atFrame the first one's number
     */
    public void add(double[] samples, int first, int frames, long atFrame) {
        int channels = out.channels();
        int done = Math.clamp(begin - atFrame, 0, frames);
        int end = Math.clamp(end() - atFrame, 0, frames);
        while (done < end) {
            int place = (int) ((atFrame + done) % capacity);
            int piece = Math.min(end - done, capacity - place);
            int from = (first + done) * channels;
            int to = place * channels;
            int count = piece * channels;
            for (int i = 0; i < count; i++) {
                sums[to + i] += samples[from + i];
            }
            done += piece;
        }
    }

    /** Copies frames out, as they are summed; those outside of the window are silence. */
    public void read(double[] samples, int first, int frames, long atFrame) {
        int channels = out.channels();
        int before = Math.clamp(begin - atFrame, 0, frames);
        int end = Math.clamp(end() - atFrame, before, frames);
        Arrays.fill(samples, first * channels, (first + before) * channels, 0);
        for (int done = before; done < end; ) {
            int place = (int) ((atFrame + done) % capacity);
            int piece = Math.min(end - done, capacity - place);
            System.arraycopy(
                    sums, place * channels, samples, (first + done) * channels, piece * channels);
            done += piece;
        }
        Arrays.fill(samples, (first + end) * channels, (first + frames) * channels, 0);
    }

    /**
     * Writes frames as they are heard: rounded, and clipped at full scale.
     *
     * @param target where they go, one behind the other
     * @param offset the first one's first byte
     * @param frames how many
     * @param atFrame the first one's number
     * @param dithered whether noise comes before the rounding, for sums that have more bits than
     *     what is heard
     */
    public void render(
            MemorySegment target, long offset, long frames, long atFrame, boolean dithered) {
        for (long done = 0; done < frames; ) {
            int piece = (int) Math.min(frames - done, blockFrames);
            read(block, 0, piece, atFrame + done);
            if (dithered) {
                dither.apply(block, 0, piece * out.channels());
            }
            converter.convert(blockMemory, 0, target, offset + done * out.frameBytes(), piece);
            done += piece;
        }
    }
}
