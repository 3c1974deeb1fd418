package io.pcmshare.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pcmshare.abi.PcmFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;

final class LevelMeterTest {
    private static final int COUNT = 3000;

    static List<PcmFormat> linear() {
        return Model.linear();
    }

    @ParameterizedTest
    @MethodSource("linear")
    void peakAndRmsAreThoseOfTheSamples(PcmFormat format) {
        byte[] samples = Model.noise(new SplittableRandom(format.code()), format, COUNT);
        double peak = 0;
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            double value = Model.read(samples, i, format) / (Model.max(format) + 1.0);
            peak = Math.max(peak, Math.abs(value));
            sum += value * value;
        }
        LevelMeter meter = new LevelMeter();

        meter.add(MemorySegment.ofArray(samples), 0, format, COUNT / 2);
        meter.add(
                MemorySegment.ofArray(samples),
                COUNT / 2L * format.physicalWidth() / 8,
                format,
                COUNT / 2);

        assertThat(meter.samples()).isEqualTo(COUNT);
        assertThat(meter.peak()).isEqualTo(peak);
        assertThat(meter.rms()).isCloseTo(Math.sqrt(sum / COUNT), within(1e-12));
    }

    @Test
    void fullScaleIsOneAndFloatsMayGoBeyond() {
        LevelMeter meter = new LevelMeter();
        meter.add(MemorySegment.ofArray(new byte[] {0, -128}), 0, PcmFormat.S16_LE, 1);
        assertThat(meter.peak()).isEqualTo(1.0);
        assertThat(meter.rms()).isEqualTo(1.0);

        meter.add(MemorySegment.ofArray(new float[] {-2f}), 0, PcmFormat.FLOAT_LE, 1);

        assertThat(meter.peak()).isEqualTo(2.0);
    }

    @Test
    void ofNothingThereIsNoLevel() {
        assertThat(new LevelMeter().rms()).isZero();
    }
}
