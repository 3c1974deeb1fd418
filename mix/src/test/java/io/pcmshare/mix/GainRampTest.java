package io.pcmshare.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pcmshare.mix.GainRamp.Curve;
import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Volume that moves; a stream of ones shows the gain itself. */
final class GainRampTest {
    /** 5 ms at 48 kHz. */
    private static final int RAMP = 240;

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] gains(GainRamp ramp, int frames) {
        double[] samples = ones(frames);
        ramp.apply(samples, 0, frames);
        return samples;
    }

    @Test
    void aLineIsStraightAndEndsWhereItShall() {
        GainRamp ramp = new GainRamp(1, RAMP, Curve.LINEAR);
        ramp.aim(0.25);

        double[] gains = gains(ramp, RAMP + 10);

        for (int i = 0; i < RAMP; i++) {
            assertThat(gains[i]).isCloseTo(1 - 0.75 * (i + 1) / RAMP, within(1e-15));
        }
        assertThat(Arrays.copyOfRange(gains, RAMP - 1, RAMP + 10)).containsOnly(0.25);
    }

    @Test
    void decibelsAreEvenAndEndWhereTheyShall() {
        GainRamp ramp = new GainRamp(1, RAMP, Curve.DECIBELS);
        ramp.aim(0.01);

        double[] gains = gains(ramp, RAMP + 10);

        for (int i = 0; i < RAMP; i++) {
            assertThat(20 * Math.log10(gains[i])).isCloseTo(-40.0 * (i + 1) / RAMP, within(1e-9));
        }
        assertThat(Arrays.copyOfRange(gains, RAMP - 1, RAMP + 10)).containsOnly(0.01);
    }

    /** Random changes in the middle of others: the gain never jumps further than a ramp's step. */
    @ParameterizedTest
    @EnumSource
    void whateverIsAskedForTheGainDoesNotJump(Curve curve) {
        // a line of at most 1; decibels at most from silence to 0 dB, and back from above
        double largest = curve == Curve.LINEAR ? 1.0 / RAMP : 1 - Math.pow(10, -100.0 / 20 / RAMP);
        Seeds.forEach(
                200,
                random -> {
                    GainRamp ramp = new GainRamp(1, RAMP, curve);
                    double before = 1;
                    for (int i = 0; i < 50; i++) {
                        ask(ramp, random);
                        for (double gain : gains(ramp, random.nextInt(2 * RAMP))) {
                            assertThat(Math.abs(gain - before)).isLessThan(largest + 1e-5);
                            assertThat(gain).isBetween(0.0, 1 + 1e-12);
                            before = gain;
                        }
                        assertThat(ramp.gain()).isCloseTo(before, within(1.1e-5));
                    }
                });
    }

    private static void ask(GainRamp ramp, SplittableRandom random) {
        switch (random.nextInt(4)) {
            case 0 -> ramp.mute();
            case 1 -> ramp.unmute();
            default -> ramp.aim(random.nextInt(4) == 0 ? 0 : random.nextDouble());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameComesOutInWhateverPiecesAStreamComes(Curve curve) {
        Seeds.forEach(
                50,
                random -> {
                    double[] samples = random.doubles(2000, -1, 1).toArray();
                    double[] pieces = samples.clone();
                    GainRamp whole = new GainRamp(2, RAMP, curve);
                    GainRamp cut = new GainRamp(2, RAMP, curve);
                    whole.aim(0.1);
                    cut.aim(0.1);

                    whole.apply(samples, 0, 1000);
                    for (int at = 0; at < 1000; ) {
                        int piece = Math.min(1000 - at, random.nextInt(100));
                        cut.apply(pieces, at, piece);
                        at += piece;
                    }

                    assertThat(pieces).isEqualTo(samples);
                });
    }

    @ParameterizedTest
    @EnumSource
    void aMuteIsSilenceAndKeepsTheVolume(Curve curve) {
        GainRamp ramp = new GainRamp(2, RAMP, curve);
        ramp.aim(0.5);
        ramp.jump();
        ramp.mute();
        assertThat(ramp.isSilent()).isFalse();
        ramp.apply(ones(2 * RAMP), 0, RAMP);
        assertThat(ramp.isSilent()).isTrue();
        double[] broken = {Double.NaN, -1};
        ramp.apply(broken, 0, 1);
        assertThat(broken).containsExactly(0, 0);
        ramp.aim(0.75);
        assertThat(ramp.isSilent()).isTrue();

        ramp.unmute();
        ramp.apply(ones(2 * RAMP), 0, RAMP);

        assertThat(ramp.gain()).isEqualTo(0.75);
        assertThat(ramp.isMuted()).isFalse();
    }

    @Test
    void allChannelsOfAFrameHaveTheSameGain() {
        GainRamp ramp = new GainRamp(3, RAMP, Curve.LINEAR);
        ramp.aim(0);
        double[] samples = ones(3 * RAMP);
        ramp.apply(samples, 10, 100);

        assertThat(Arrays.copyOf(samples, 30)).containsOnly(1);
        for (int frame = 10; frame < 110; frame++) {
            assertThat(samples[3 * frame]).isEqualTo(samples[3 * frame + 2]).isLessThan(1);
        }
        assertThat(samples[330]).isEqualTo(1);
    }

    @Test
    void atOnceIsAtOnce() {
        GainRamp ramp = new GainRamp(1, 0, Curve.DECIBELS);
        assertThat(ramp.isTransparent()).isTrue();
        ramp.aim(0.5);

        assertThat(gains(ramp, 2)).containsExactly(0.5, 0.5);
    }

    @Test
    void whatIsNoGainIsRefused() {
        GainRamp ramp = new GainRamp(1, RAMP, Curve.LINEAR);
        assertThatThrownBy(() -> ramp.aim(Double.NaN)).hasMessageContaining("gain=NaN");
        assertThatThrownBy(() -> ramp.aim(-0.1)).hasMessageContaining("gain=-0.1");
        assertThatThrownBy(() -> ramp.aim(Double.POSITIVE_INFINITY))
                .hasMessageContaining("gain=Infinity");
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsAllocatedWhileItPlays(Curve curve) {
        GainRamp ramp = new GainRamp(2, RAMP, curve);
        double[] samples = ones(2 * 1024);

        long bytes =
                Allocations.bytesOnceWarm(
                        () -> {
                            ramp.mute();
                            ramp.apply(samples, 0, 1024);
                            ramp.unmute();
                            ramp.apply(samples, 0, 1024);
                        });

        assertThat(bytes).isZero();
    }
}
