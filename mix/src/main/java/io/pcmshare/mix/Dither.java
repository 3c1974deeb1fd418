package io.pcmshare.mix;

import io.pcmshare.abi.PcmFormat;

/**
 * Noise that is added before samples lose bits, so that what rounding does to them is a steady hiss
 * instead of distortion: a tone below the last bit stays a tone.
 *
 * <p>Each sample gets the difference of two even random numbers, a triangle of one step of the
 * format to each side (TPDF). With the rounding that follows, {@link FrameConverter}'s, no sample
 * is off by more than one and a half steps; mean and power of the error are those of noise of half
 * a step, whatever the signal is. Source: Lipshitz, Wannamaker, Vanderkooy, "Quantization and
 * Dither: A Theoretical Survey", 1992. Where nothing audible is lost it does nothing, see {@link
 * #isUseful}.
 *
 * <p>Silence stays silence: until the first sample that is not 0, and after {@link #QUIET_SAMPLES}
 * zeros in a row, nothing is added, so that a paused or silent stream is zeros, as one without
 * dither is. Within a signal zeros get their noise, or the noise would depend on the signal. The
 * same seed is the same noise, in whatever pieces samples come. Threads: one. Allocates nothing.
 */
public final class Dither {
    /** Zeros in a row after which a stream is silent: 10 ms of stereo at 48 kHz. */
    public static final int QUIET_SAMPLES = 960;

    /** From so many bits on, a step is below the noise of any converter (-144 dB). */
    private static final int ENOUGH_BITS = 24;

    /** Golden ratio, odd: all 2^64 states follow one another (Steele, Lea, Flood: SplitMix). */
    private static final long STRIDE = 0x9e3779b97f4a7c15L;

    private final double unit;
    private long state;
    private int zeros = QUIET_SAMPLES;

    /**
     * Dither for one stream.
     *
     * @param from what the samples were
     * @param to what they will be rounded to
     * @param seed of the noise; streams that are heard together should have different ones
     */
    public Dither(PcmFormat from, PcmFormat to, long seed) {
        // a step is 2 / 2^bits; a random number is a 32-bit integer
        this.unit = isUseful(from, to) ? Math.scalb(1.0, 1 - Samples.bits(to) - Integer.SIZE) : 0;
        this.state = seed;
    }

    /**
     * Whether something audible is lost between two formats: integers of fewer than 24 bits made of
     * floats or of more bits. Not so A-law and µ-law, whose steps are no constant.
     */
    public static boolean isUseful(PcmFormat from, PcmFormat to) {
        Samples.requireNumbers(from);
        Samples.requireNumbers(to);
        return to.isLinear()
                && Samples.bits(to) < ENOUGH_BITS
                && (from.isFloat() || Samples.bits(from) > Samples.bits(to));
    }

    /** Whether samples stay what they are. */
    public boolean isTransparent() {
        return unit == 0;
    }

    /**
     * Adds noise to samples that follow one another.
     *
     * @param samples full scale at 1
     * @param first the first sample's number in the array; samples, not frames
     * @param count samples, not frames
     */
    public void apply(double[] samples, int first, int count) {
        if (unit == 0) {
            return;
        }
        for (int i = first; i < first + count; i++) {
            if (samples[i] != 0) {
                zeros = 0;
            } else if (zeros < QUIET_SAMPLES) {
                zeros++;
            }
            if (zeros < QUIET_SAMPLES) {
                long random = next();
                samples[i] += unit * ((random >>> Integer.SIZE) - (random & 0xffff_ffffL));
            }
        }
    }

    private long next() {
        state += STRIDE;
        long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
