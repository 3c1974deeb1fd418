package io.pcmshare.mix;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.mix.FrameConverter.Shape;
import io.pcmshare.testkit.Allocations;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;

/** Every format made of every other. */
final class FrameConverterTest {
    private static final int COUNT = 1100;

    static List<PcmFormat> linear() {
        return Model.linear();
    }

    static List<PcmFormat> numbers() {
        return Model.numbers();
    }

    private static byte[] convert(PcmFormat from, byte[] samples, PcmFormat to) {
        byte[] out = new byte[COUNT * to.physicalWidth() / 8];
        new FrameConverter(new Shape(from, 1), new Shape(to, 1))
                .convert(MemorySegment.ofArray(samples), 0, MemorySegment.ofArray(out), 0, COUNT);
        return out;
    }

    @ParameterizedTest
    @MethodSource("linear")
    void integersOfEveryWidthAndOrderKeepTheirValueOrAreRounded(PcmFormat from) {
        byte[] samples = Model.noise(new SplittableRandom(from.code()), from, COUNT);
        for (PcmFormat to : linear()) {
            byte[] out = convert(from, samples, to);

            for (int i = 0; i < COUNT; i++) {
                long expected =
                        Model.scaled(
                                Model.read(samples, i, from),
                                1L << to.width(),
                                1L << from.width(),
                                to);
                if (Model.read(out, i, to) != expected) {
                    assertThat(Model.read(out, i, to)).as("to=%s, i=%s", to, i).isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("linear")
    void whatWasMadeWiderAndBackIsWhatItWas(PcmFormat format) {
        byte[] samples = Model.noise(new SplittableRandom(format.code()), format, COUNT);
        for (PcmFormat wide : numbers()) {
            boolean isExact =
                    wide.isFloat()
                            ? wide.physicalWidth() == 64 || format.width() <= 24
                            : wide.isLinear() && wide.width() >= format.width();
            if (isExact) {
                byte[] back = convert(wide, convert(format, samples, wide), format);

                for (int i = 0; i < COUNT; i++) {
                    assertThat(Model.read(back, i, format))
                            .as("by way of %s", wide)
                            .isEqualTo(Model.read(samples, i, format));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 16384",
        "-0.5, -16384",
        "1.0, 32767",
        "-1.0, -32768",
        "7.0, 32767",
        "-7.0, -32768",
        "NaN, 0",
        "Infinity, 32767",
        "0.0000152587890625, 0",
        "0.0000457763671875, 2",
    })
    void aFloatBecomesTheNearestInteger(double value, int expected) {
        byte[] samples = new byte[COUNT * 8];
        java.nio.ByteBuffer.wrap(samples).putDouble(value);

        byte[] out = convert(PcmFormat.FLOAT64_BE, samples, PcmFormat.S16_LE);

        assertThat(Model.read(out, 0, PcmFormat.S16_LE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void theSameFormatIsTheSameBytes(PcmFormat format) {
        byte[] samples = Model.noise(new SplittableRandom(format.code()), format, COUNT);

        assertThat(convert(format, samples, format)).isEqualTo(samples);
    }

    @Test
    void oneChannelGoesToAllAndOfMoreEachToItsNumber() {
        assertThat(channels(1, new byte[] {1, 2}, 3)).containsExactly(1, 1, 1, 2, 2, 2);
        assertThat(channels(2, new byte[] {1, 2, 3, 4}, 1)).containsExactly(1, 3);
        assertThat(channels(2, new byte[] {1, 2, 3, 4}, 3)).containsExactly(1, 2, 0, 3, 4, 0);
    }

    /** Two frames of S8, read as S16 so that something is converted. */
    private static byte[] channels(int from, byte[] samples, int to) {
        byte[] out = new byte[2 * 2 * to];
        new FrameConverter(new Shape(PcmFormat.S8, from), new Shape(PcmFormat.S16_BE, to))
                .convert(MemorySegment.ofArray(samples), 0, MemorySegment.ofArray(out), 0, 2);
        byte[] high = new byte[2 * to];
        for (int i = 0; i < high.length; i++) {
            high[i] = out[2 * i];
        }
        return high;
    }

    @Test
    void nothingIsAllocatedWhileItConverts() {
        for (PcmFormat to : List.of(PcmFormat.S24_3BE, PcmFormat.MU_LAW, PcmFormat.FLOAT64_LE)) {
            FrameConverter converter =
                    new FrameConverter(new Shape(PcmFormat.S16_LE, 2), new Shape(to, 6));
            MemorySegment source = MemorySegment.ofArray(new byte[COUNT * 4]);
            MemorySegment target = MemorySegment.ofArray(new byte[COUNT * 48]);

            long bytes =
                    Allocations.bytesOnceWarm(
                            () -> {
                                for (int i = 0; i < 100; i++) {
                                    converter.convert(source, 0, target, 0, COUNT);
                                }
                            });

            assertThat(bytes).as(to.name()).isZero();
        }
    }
}
