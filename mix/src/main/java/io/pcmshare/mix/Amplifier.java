package io.pcmshare.mix;

import io.pcmshare.abi.PcmFormat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Makes the samples of one stream louder or softer, each channel by its own gain, without clicks: a
 * gain that changes moves to the new one in a straight line over a fixed number of frames, counted
 * in frames, so that the result does not depend on the pieces in which the stream comes.
 *
 * <p>Gains are in 65536ths. Integers are rounded to the nearest (halves away from zero) and
 * saturate; floats are one exactly rounded product. Threads: one. After it was made, allocates
 * nothing.
 */
public final class Amplifier {
    /** The gain that changes nothing. */
    public static final int UNITY = 1 << 16;

    private static final int FRACTION_BITS = 16;

    private final PcmFormat format;
    private final int channels;
    private final int rampFrames;
    private final int blockFrames;
    private final int[] from;
    private final int[] target;
    private final int[] gains;
    private final int[] ints;
    private final double[] doubles;
    private int rampPlace;
    private boolean isFilled;

    /**
     * An amplifier that changes nothing yet.
     *
     * @param format one whose samples are numbers, {@link Samples#areNumbers}
     * @param channels samples in a frame
     * @param rampFrames frames that a change takes; 0 for at once
     */
    public Amplifier(PcmFormat format, int channels, int rampFrames) {
        Samples.requireNumbers(format);
        if (channels <= 0 || rampFrames < 0) {
            throw new IllegalArgumentException(
                    "channels=" + channels + ", rampFrames=" + rampFrames);
        }
        this.format = format;
        this.channels = channels;
        this.rampFrames = rampFrames;
        this.rampPlace = rampFrames;
        this.blockFrames = Math.max(1, Samples.BLOCK / channels);
        this.from = new int[channels];
        this.target = new int[channels];
        this.gains = new int[blockFrames * channels];
        this.ints = new int[format.isFloat() ? 0 : gains.length];
        this.doubles = new double[format.isFloat() ? gains.length : 0];
        Arrays.fill(target, UNITY);
    }

    /** Where a channel's gain shall go, from the next frame on. */
    public void aim(int channel, int gain) {
        if (gain < 0) {
            throw new IllegalArgumentException("channel=" + channel + ", gain=" + gain);
        }
        if (target[channel] == gain) {
            return;
        }
        if (rampPlace > 0) {
            // all channels start anew from where they are
            for (int i = 0; i < channels; i++) {
                from[i] = gainNow(i);
            }
            rampPlace = 0;
        }
        target[channel] = gain;
        isFilled = false;
    }

    /** Has all gains where they shall be, at once: before a stream begins. */
    public void jump() {
        rampPlace = rampFrames;
        isFilled = false;
    }

    /** Whether the next frames come out as they go in. */
    public boolean isTransparent() {
        if (rampPlace < rampFrames) {
            return false;
        }
        for (int gain : target) {
            if (gain != UNITY) {
                return false;
            }
        }
        return true;
    }

    /** Amplifies frames from one place to another, which may be the same. */
    public void apply(
            MemorySegment source, long sourceOffset, MemorySegment to, long toOffset, long frames) {
        long frameBytes = (long) Samples.bytes(format) * channels;
        for (long done = 0; done < frames; ) {
            int block = (int) Math.min(blockFrames, frames - done);
            fillGains(block);
            long at = done * frameBytes;
            if (format.isFloat()) {
                floats(source, sourceOffset + at, to, toOffset + at, block * channels);
            } else {
                integers(source, sourceOffset + at, to, toOffset + at, block * channels);
            }
            done += block;
        }
    }

    private void integers(
            MemorySegment source, long sourceOffset, MemorySegment to, long toOffset, int count) {
        IntSamples.read(source, sourceOffset, format, ints, count);
        long max = (1L << (Samples.bits(format) - 1)) - 1;
        for (int i = 0; i < count; i++) {
            long product = (long) ints[i] * gains[i];
            long rounded = Samples.roundedShift(product, FRACTION_BITS);
            ints[i] = (int) Math.max(-max - 1, Math.min(max, rounded));
        }
        IntSamples.write(ints, count, to, toOffset, format);
    }

    private void floats(
            MemorySegment source, long sourceOffset, MemorySegment to, long toOffset, int count) {
        FloatSamples.read(source, sourceOffset, format, doubles, count);
        for (int i = 0; i < count; i++) {
            // the factor is exact, so the product is rounded once; silence has no sign and no NaN
            doubles[i] = gains[i] == 0 ? 0 : doubles[i] * (gains[i] * (1.0 / UNITY));
        }
        FloatSamples.write(doubles, count, to, toOffset, format);
    }

    /** Writes down the gain of each sample of the next block, and moves on. */
    private void fillGains(int frames) {
        if (rampPlace >= rampFrames) {
            if (!isFilled) {
                for (int i = 0; i < gains.length; i++) {
                    gains[i] = target[i % channels];
                }
                isFilled = true;
            }
            return;
        }
        for (int frame = 0; frame < frames; frame++) {
            if (rampPlace < rampFrames) {
                rampPlace++;
            }
            for (int channel = 0; channel < channels; channel++) {
                gains[frame * channels + channel] = gainNow(channel);
            }
        }
    }

    private int gainNow(int channel) {
        if (rampPlace >= rampFrames) {
            return target[channel];
        }
        long way = (long) target[channel] - from[channel];
        return (int) (from[channel] + way * rampPlace / rampFrames);
    }
}
