package io.pcmshare.bench;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.mix.Amplifier;
import io.pcmshare.mix.FrameConverter;
import io.pcmshare.mix.FrameConverter.Shape;
import io.pcmshare.mix.LevelMeter;

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

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/** What 1024 stereo frames cost that are made softer, measured, converted. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MixBenchmark {
    private static final int FRAMES = 1024;
    private static final int CHANNELS = 2;
    private static final int LARGEST_SAMPLE = 8;

    @Param({"S16_LE", "S24_3LE", "S32_LE", "FLOAT_LE", "S16_BE", "A_LAW"})
    private PcmFormat format = PcmFormat.S16_LE;

    private final LevelMeter meter = new LevelMeter();
    private final MemorySegment from =
            Arena.ofAuto().allocate(FRAMES * CHANNELS * LARGEST_SAMPLE, LARGEST_SAMPLE);
    private final MemorySegment to =
            Arena.ofAuto().allocate(FRAMES * CHANNELS * LARGEST_SAMPLE, LARGEST_SAMPLE);
    private Amplifier amplifier = new Amplifier(format, CHANNELS, 0);
    private FrameConverter converter =
            new FrameConverter(new Shape(format, CHANNELS), new Shape(format, CHANNELS));

    /** Makes what belongs to the format. */
    @Setup(Level.Trial)
    public void make() {
        amplifier = new Amplifier(format, CHANNELS, 0);
        amplifier.aim(0, Amplifier.UNITY / 2);
        amplifier.aim(1, Amplifier.UNITY / 3);
        converter =
                new FrameConverter(
                        new Shape(format, CHANNELS), new Shape(PcmFormat.S24_LE, CHANNELS));
    }

    /** The volume of a card that is not full. */
    @Benchmark
    public void volume() {
        amplifier.apply(from, 0, to, 0, FRAMES);
    }

    /** A meter's. */
    @Benchmark
    public double level() {
        meter.add(from, 0, format, (long) FRAMES * CHANNELS);
        return meter.peak();
    }

    /** Into 24 bits of four bytes. */
    @Benchmark
    public void convert() {
        converter.convert(from, 0, to, 0, FRAMES);
    }
}
