package io.pcmshare.server.patch;

import io.pcmshare.abi.ChannelPosition;
import io.pcmshare.mix.ChannelMatrix;
import io.pcmshare.mix.GainRamp;
import io.pcmshare.mix.Resampler;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Makes frames of one rate and set of channels those of another, at some volume: resampled, mapped,
 * faded. Frames are doubles, interleaved.
 *
 * <p>Making one takes time and memory, a resampler's coefficients; used, it allocates nothing.
 * Threads: one at a time.
 */
final class Strip {
    /** Frames that are handled at a time. */
    static final int BLOCK = 512;

    private static final int RAMPS_PER_SECOND = 50;

    private final int fromRate;
    private final int toRate;
    private final List<ChannelPosition> from;
    private final ChannelMatrix matrix;
    private final boolean mapsFirst;
    private final double[] mapped;
    private final double[] made;
    private final Out out;
    private @Nullable Resampler resampler;
    private GainRamp ramp;
    private double aimedGain = 1;

    /** Where frames go. */
    @FunctionalInterface
    interface Out {
        void accept(double[] samples, int frames);
    }

    Strip(List<ChannelPosition> from, int fromRate, List<ChannelPosition> to, int toRate, Out out) {
        this.fromRate = fromRate;
        this.toRate = toRate;
        this.from = List.copyOf(from);
        this.out = out;
        this.matrix = ChannelMatrix.between(from, to);
        // what is dropped need not be resampled
        this.mapsFirst = to.size() < from.size();
        int within = mapsFirst ? to.size() : from.size();
        this.resampler = fromRate == toRate ? null : new Resampler(fromRate, toRate, within);
        this.mapped = new double[BLOCK * to.size()];
        this.made = new double[BLOCK * within];
        this.ramp =
                new GainRamp(
                        to.size(), Math.max(1, toRate / RAMPS_PER_SECOND), GainRamp.Curve.DECIBELS);
    }

    /** As before the first frame, and at this volume at once. */
    void reset(double gain) {
        Resampler by = resampler;
        if (by != null) {
            by.reset();
        }
        aim(gain);
        ramp.jump();
    }

    /** Takes over from one that made the same frames for somebody else; answers whether it can. */
    boolean continues(Strip before) {
        if (before.fromRate != fromRate
                || before.toRate != toRate
                || !before.from.equals(from)
                || before.matrix.toChannels() != matrix.toChannels()) {
            return false;
        }
        resampler = before.resampler;
        ramp = before.ramp;
        aimedGain = before.aimedGain;
        return true;
    }

    /** Goes to a volume, without a click. */
    void aim(double gain) {
        if (gain != aimedGain) {
            aimedGain = gain;
            ramp.aim(gain);
        }
    }

    /** Whether frames come out as they went in. */
    boolean isTransparent() {
        return resampler == null && matrix.isIdentity() && ramp.isTransparent();
    }

    /** Frames that so many that come out take, since the beginning. */
    long framesFor(long outFrames) {
        Resampler by = resampler;
        return by == null ? outFrames : by.framesFor(outFrames);
    }

    /** Frames that so many that go in make, since the beginning. */
    long framesOf(long inFrames) {
        Resampler by = resampler;
        return by == null ? inFrames : by.framesOf(inFrames);
    }

    /** About as many frames as go in for so many that come out. */
    long scaled(long outFrames) {
        return outFrames * fromRate / toRate;
    }

    /** Frames that go in before the first comes out. */
    int latency() {
        Resampler by = resampler;
        return by == null ? 0 : by.latency();
    }

    /** Takes at most {@link #BLOCK} frames and hands on what they make. */
    void put(double[] samples, int frames) {
        if (mapsFirst) {
            matrix.apply(samples, 0, mapped, 0, frames);
            resample(mapped, frames);
        } else {
            resample(samples, frames);
        }
    }

    private void resample(double[] samples, int frames) {
        Resampler by = resampler;
        if (by == null) {
            finish(samples, frames);
            return;
        }
        for (int done = 0; done < frames; ) {
            done += by.put(samples, done, frames - done);
            takeAll(by);
        }
    }

    private void takeAll(Resampler by) {
        for (int count = by.take(made, 0, BLOCK); count > 0; count = by.take(made, 0, BLOCK)) {
            finish(made, count);
        }
    }

    private void finish(double[] samples, int frames) {
        double[] last = samples;
        if (!mapsFirst) {
            matrix.apply(samples, 0, mapped, 0, frames);
            last = mapped;
        }
        ramp.apply(last, 0, frames);
        out.accept(last, frames);
    }

    /** Hands on what is still in it; {@link #reset} comes next. */
    void flush() {
        Resampler by = resampler;
        if (by != null) {
            by.drain();
            takeAll(by);
        }
    }
}
