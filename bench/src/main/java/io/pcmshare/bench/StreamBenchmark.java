package io.pcmshare.bench;

import io.pcmshare.abi.ChannelPosition;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.mix.ChannelMatrix;
import io.pcmshare.mix.Dither;
import io.pcmshare.mix.GainRamp;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** What is done to 1024 stereo frames of doubles on their way through a mix. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StreamBenchmark {
    private static final int FRAMES = 1024;
    private static final int CHANNELS = 2;

    private final double[] samples = filled(FRAMES * CHANNELS);
    private final double[] surround = filled(FRAMES * 6);
    private final double[] target = new double[FRAMES * CHANNELS];
    private final ChannelMatrix softer = ChannelMatrix.of(new double[][] {{0.5, 0.5}, {0.5, -0.5}});
    private final ChannelMatrix downmix =
            ChannelMatrix.between(ChannelPosition.standard(6), ChannelPosition.standard(2));
    private final Dither dither = new Dither(PcmFormat.FLOAT_LE, PcmFormat.S16_LE, 1);
    private final GainRamp standing = new GainRamp(CHANNELS, 0, GainRamp.Curve.LINEAR);
    private final GainRamp line = new GainRamp(CHANNELS, FRAMES, GainRamp.Curve.LINEAR);
    private final GainRamp decibels = new GainRamp(CHANNELS, FRAMES, GainRamp.Curve.DECIBELS);

    private static double[] filled(int count) {
        double[] samples = new double[count];
        Arrays.fill(samples, 0.1);
        return samples;
    }

    /** The yardstick: the same 16 KiB, copied. */
    @Benchmark
    public double[] copy() {
        System.arraycopy(samples, 0, target, 0, samples.length);
        return target;
    }

    /** Two channels of two. */
    @Benchmark
    public double[] matrix() {
        softer.apply(samples, 0, target, 0, FRAMES);
        return target;
    }

    /** 5.1 to stereo. */
    @Benchmark
    public double[] downmix() {
        downmix.apply(surround, 0, target, 0, FRAMES);
        return target;
    }

    /** A copy and noise on it, or it would grow. */
    @Benchmark
    public double[] dither() {
        System.arraycopy(samples, 0, target, 0, samples.length);
        dither.apply(target, 0, target.length);
        return target;
    }

    /** A copy and a volume that stands. */
    @Benchmark
    public double[] volume() {
        System.arraycopy(samples, 0, target, 0, samples.length);
        standing.aim(0.5);
        standing.apply(target, 0, FRAMES);
        return target;
    }

    /** A copy and a volume that moves in a line. */
    @Benchmark
    public double[] line() {
        return moved(line);
    }

    /** A copy and a volume that moves in decibels. */
    @Benchmark
    public double[] decibels() {
        return moved(decibels);
    }

    private double[] moved(GainRamp ramp) {
        System.arraycopy(samples, 0, target, 0, samples.length);
        ramp.aim(ramp.gain() == 1 ? 0.5 : 1);
        ramp.apply(target, 0, FRAMES);
        return target;
    }
}
