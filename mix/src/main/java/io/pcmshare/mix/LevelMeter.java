package io.pcmshare.mix;

import io.pcmshare.abi.PcmFormat;

import java.lang.foreign.MemorySegment;

/**
 * How loud samples are: the greatest, and the sum of their squares; full scale is 1.
 *
 * <p>Threads: one. After it was made, allocates nothing.
 */
public final class LevelMeter {
    private final int[] ints = new int[Samples.BLOCK];
    private final double[] doubles = new double[Samples.BLOCK];
    private long samples;
    private double peak;
    private double sumOfSquares;

    /**
     * Measures samples that follow one another.
     *
     * @param format one whose samples are numbers, {@link Samples#areNumbers}
     * @param count samples, not frames
     */
    public void add(MemorySegment memory, long offset, PcmFormat format, long count) {
        int bytes = Samples.bytes(format);
        for (long done = 0; done < count; ) {
            int block = (int) Math.min(Samples.BLOCK, count - done);
            if (format.isFloat()) {
                FloatSamples.read(memory, offset + done * bytes, format, doubles, block);
                addDoubles(block);
            } else {
                IntSamples.read(memory, offset + done * bytes, format, ints, block);
                addInts(block, 1.0 / (1L << (Samples.bits(format) - 1)));
            }
            done += block;
        }
        samples += count;
    }

    private void addInts(int count, double scale) {
        long greatest = 0;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            long value = ints[i];
            greatest = Math.max(greatest, Math.abs(value));
            sum += (double) value * value;
        }
        peak = Math.max(peak, greatest * scale);
        sumOfSquares += sum * scale * scale;
    }

    private void addDoubles(int count) {
        double greatest = 0;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            greatest = Math.max(greatest, Math.abs(doubles[i]));
            sum += doubles[i] * doubles[i];
        }
        peak = Math.max(peak, greatest);
        sumOfSquares += sum;
    }

    /** Samples measured. */
    public long samples() {
        return samples;
    }

    /** The greatest magnitude, 0 to 1; more where floats went beyond full scale. */
    public double peak() {
        return peak;
    }

    /** Sum of the squares of all samples. */
    public double sumOfSquares() {
        return sumOfSquares;
    }

    /** Root of the mean square; 0 of nothing. */
    public double rms() {
        return samples == 0 ? 0 : Math.sqrt(sumOfSquares / samples);
    }
}
