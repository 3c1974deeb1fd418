package io.pcmshare.mix;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;

/** Volume, sample for sample, against exact arithmetic. */
final class AmplifierTest {
    /** More than a block of the loops, and no multiple of one. */
    private static final int FRAMES = 1500;

    private static final int RAMP = 240;

    static List<PcmFormat> numbers() {
        return Model.numbers();
    }

    static List<PcmFormat> linear() {
        return Model.linear();
    }

    private static byte[] apply(Amplifier amplifier, byte[] samples, int frames) {
        byte[] out = new byte[samples.length];
        amplifier.apply(MemorySegment.ofArray(samples), 0, MemorySegment.ofArray(out), 0, frames);
        return out;
    }

    @ParameterizedTest
    @MethodSource("linear")
    void eachChannelIsMultipliedByItsGainRoundedAndSaturated(PcmFormat format) {
        Seeds.forEach(
                20,
                random -> {
                    int channels = random.nextInt(1, 9);
                    byte[] samples = Model.noise(random, format, FRAMES * channels);
                    int[] gains = random.ints(channels, 0, 4 * Amplifier.UNITY).toArray();
                    Amplifier amplifier = new Amplifier(format, channels, 0);
                    for (int channel = 0; channel < channels; channel++) {
                        amplifier.aim(channel, gains[channel]);
                    }

                    byte[] out = apply(amplifier, samples, FRAMES);

                    for (int i = 0; i < FRAMES * channels; i++) {
                        long value = Model.read(samples, i, format);
                        long expected =
                                Model.scaled(value, gains[i % channels], Amplifier.UNITY, format);
                        if (Model.read(out, i, format) != expected) {
                            assertThat(Model.read(out, i, format))
                                    .as(
                                            "sample=%s, value=%s, gain=%s",
                                            i, value, gains[i % channels])
                                    .isEqualTo(expected);
                        }
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aSwitchedOffStreamIsSilenceAsTheKernelWritesIt(PcmFormat format) {
        byte[] samples = Model.noise(new SplittableRandom(1), format, 24);
        Amplifier amplifier = new Amplifier(format, 2, 0);
        amplifier.aim(0, 0);
        amplifier.aim(1, 0);

        byte[] out = apply(amplifier, samples, 12);

        for (int i = 0; i < 24; i++) {
            if (format.isLinear()) {
                assertThat(Model.read(out, i, format)).isZero();
            } else if (format.isFloat()) {
                assertThat(Model.readFloat(out, i, format)).isZero();
            } else {
                assertThat(out[i]).isEqualTo((byte) format.silence());
            }
        }
    }

    @Test
    void aFloatIsOneExactlyRoundedProductAndDoesNotSaturate() {
        for (PcmFormat format : List.of(PcmFormat.FLOAT_LE, PcmFormat.FLOAT_BE)) {
            byte[] samples = Model.noise(new SplittableRandom(2), format, FRAMES);
            Amplifier amplifier = new Amplifier(format, 1, 0);
            amplifier.aim(0, 100_003);

            byte[] out = apply(amplifier, samples, FRAMES);

            for (int i = 0; i < FRAMES; i++) {
                // 24 bits times 17 are exact in a double
                double exact = Model.readFloat(samples, i, format) * 100_003 / Amplifier.UNITY;
                assertThat(Model.readFloat(out, i, format)).isEqualTo((float) exact);
            }
        }
    }

    @Test
    void aChangeIsTheSameInWhateverPiecesTheStreamComes() {
        Seeds.forEach(
                50,
                random -> {
                    PcmFormat format = PcmFormat.S16_LE;
                    byte[] samples = Model.noise(random, format, FRAMES * 2);
                    int changeAt = random.nextInt(FRAMES);
                    int otherAt = random.nextInt(changeAt, FRAMES);
                    byte[] whole = inPieces(samples, changeAt, otherAt, FRAMES, random);

                    byte[] pieces = inPieces(samples, changeAt, otherAt, 100, random);

                    assertThat(pieces).isEqualTo(whole);
                });
    }

    private static byte[] inPieces(
            byte[] samples, int changeAt, int otherAt, int longest, SplittableRandom random) {
        Amplifier amplifier = new Amplifier(PcmFormat.S16_LE, 2, RAMP);
        MemorySegment memory = MemorySegment.ofArray(samples.clone());
        int at = 0;
        while (at < FRAMES) {
            if (at == changeAt) {
                amplifier.aim(0, 1000);
                amplifier.aim(1, 60_000);
            }
            if (at == otherAt) {
                amplifier.aim(1, 0);
            }
            int end = Math.min(FRAMES, at + random.nextInt(1, longest + 1));
            end = at < changeAt ? Math.min(end, changeAt) : end;
            end = at < otherAt ? Math.min(end, otherAt) : end;
            amplifier.apply(memory, at * 4L, memory, at * 4L, end - at);
            at = end;
        }
        return memory.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    }

    @Test
    void aChangeIsAStraightLineThatEndsWhereItShall() {
        // a constant shows the gain itself: 2^30, so that a step of the gain is 2^14
        byte[] ones = new byte[4 * 2 * RAMP];
        MemorySegment memory = MemorySegment.ofArray(ones);
        for (int i = 0; i < 2 * RAMP; i++) {
            memory.setAtIndex(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, i, 1 << 30);
        }
        Amplifier amplifier = new Amplifier(PcmFormat.S32_LE, 1, RAMP);
        amplifier.aim(0, 0);
        assertThat(amplifier.isTransparent()).isFalse();

        byte[] out = apply(amplifier, ones, 2 * RAMP);

        for (int i = 0; i < RAMP; i++) {
            double line = (1 << 30) * (1 - (i + 1.0) / RAMP);
            assertThat((double) Model.read(out, i, PcmFormat.S32_LE))
                    .isBetween(line - (1 << 14), line + (1 << 14));
        }
        for (int i = RAMP; i < 2 * RAMP; i++) {
            assertThat(Model.read(out, i, PcmFormat.S32_LE)).isZero();
        }
        amplifier.aim(0, Amplifier.UNITY);
        apply(amplifier, ones, RAMP);
        assertThat(amplifier.isTransparent()).isTrue();
        assertThat(apply(amplifier, ones, RAMP))
                .startsWith(java.util.Arrays.copyOf(ones, 4 * RAMP));
    }

    @Test
    void nothingIsAllocatedWhileItPlays() {
        for (PcmFormat format :
                List.of(PcmFormat.S16_LE, PcmFormat.S24_3LE, PcmFormat.A_LAW, PcmFormat.FLOAT_LE)) {
            MemorySegment memory =
                    MemorySegment.ofArray(new byte[FRAMES * 2 * format.physicalWidth() / 8]);
            Amplifier amplifier = new Amplifier(format, 2, RAMP);
            int[] gain = {0};

            long bytes =
                    Allocations.bytesOnceWarm(
                            () -> {
                                for (int i = 0; i < 200; i++) {
                                    amplifier.aim(0, gain[0]++ & 0xffff);
                                    amplifier.apply(memory, 0, memory, 0, FRAMES);
                                }
                            });

            assertThat(bytes).as(format.name()).isZero();
        }
    }
}
