package io.pcmshare.bench;

import io.pcmshare.mix.Resampler;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** What 1024 stereo frames cost that are made of those of another rate. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResampleBenchmark {
    private static final int FRAMES = 1024;
    private static final int CHANNELS = 2;

    @Param({
        "44100/48000",
        "48000/44100",
        "48000/96000",
        "96000/48000",
        "8000/48000",
        "47999/48000"
    })
    private String rates = "44100/48000";

    private final double[] source = new double[FRAMES * CHANNELS];
    private final double[] target = new double[FRAMES * CHANNELS];
    private Resampler resampler = new Resampler(44100, 48000, CHANNELS);

    /** Makes what belongs to the rates. */
    @Setup(Level.Trial)
    public void make() {
        Arrays.fill(source, 0.1);
        int slash = rates.indexOf('/');
        resampler =
                new Resampler(
                        Integer.parseInt(rates.substring(0, slash)),
                        Integer.parseInt(rates.substring(slash + 1)),
                        CHANNELS);
    }

    /** The yardstick: the same 16 KiB, copied. */
    @Benchmark
    public double[] copy() {
        System.arraycopy(source, 0, target, 0, source.length);
        return target;
    }

    /** As many frames as it takes, in a server's way: ask, put, take. */
    @Benchmark
    public double[] resample() {
        int made = 0;
        while (made < FRAMES) {
            int wanted = (int) Math.min(FRAMES, resampler.wanting(FRAMES - made));
            resampler.put(source, 0, wanted);
            made += resampler.take(target, made, FRAMES - made);
        }
        return target;
    }
}
