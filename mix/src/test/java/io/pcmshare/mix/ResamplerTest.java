package io.pcmshare.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;

/** Which frames come out, and when. */
final class ResamplerTest {
    /** Ratios with few places, with many, and with more than there are rows for; the same twice. */
    private static final int[] RATES = {
        8000, 11025, 22050, 44056, 44100, 47999, 48000, 96000, 191999, 192000
    };

    private static int rate(SplittableRandom random) {
        return random.nextBoolean()
                ? RATES[random.nextInt(RATES.length)]
                : random.nextInt(Resampler.LOWEST_RATE, Resampler.HIGHEST_RATE + 1);
    }

    @Test
    void theSameComesOutInWhateverPiecesAStreamComes() {
        Seeds.forEach(
                30,
                random -> {
                    int channels = random.nextInt(1, 4);
                    Resampler resampler = new Resampler(rate(random), rate(random), channels);
                    double[] in =
                            random.doubles((long) random.nextInt(3000) * channels, -1, 1).toArray();
                    double[] whole = Streams.resample(resampler, in, channels);
                    resampler.reset();

                    double[] pieces = Streams.resample(resampler, in, channels, random);

                    assertThat(pieces).isEqualTo(whole);
                });
    }

    @Test
    void aDrainedStreamIsAsLongAsItWas() {
        Seeds.forEach(
                60,
                random -> {
                    int from = rate(random);
                    int to = rate(random);
                    int frames = random.nextInt(random.nextBoolean() ? 5 : 5000);

                    double[] out =
                            Streams.resample(new Resampler(from, to, 1), new double[frames], 1);

                    assertThat((long) out.length)
                            .as("%s frames, %s -> %s", frames, from, to)
                            .isEqualTo(Math.round((double) frames * to / from));
                });
    }

    @Test
    void afterEveryPieceThereAreAsManyFramesAsTheLatencyAllows() {
        Seeds.forEach(
                20,
                random -> {
                    int from = rate(random);
                    int to = rate(random);
                    Resampler resampler = new Resampler(from, to, 1);
                    double[] in = new double[500];
                    double[] out = new double[500];
                    long heard = 0;
                    long made = 0;
                    for (int i = 0; i < 400; i++) {
                        heard += resampler.put(in, 0, random.nextInt(in.length));
                        // new frame n needs all old ones up to n * from / to and the latency behind
                        long behind = Math.max(0, heard - resampler.latency());
                        long all = Math.ceilDiv(behind * to, (long) from);
                        assertThat(resampler.ready()).isEqualTo(all - made);
                        int got = resampler.take(out, 0, out.length);
                        assertThat(got).isEqualTo((int) Math.min(out.length, all - made));
                        made += got;
                    }
                });
    }

    /** Two minutes of a ratio that is one frame a second away from 1. */
    @Test
    void nothingDriftsInTwoMinutes() {
        Resampler resampler = new Resampler(8000, 8001, 1);
        double[] block = new double[800];
        double[] out = new double[801];
        long made = 0;
        for (int i = 0; i < 1_200; i++) {
            assertThat(resampler.put(block, 0, block.length)).isEqualTo(block.length);
            made += resampler.take(out, 0, out.length);
        }
        resampler.drain();
        made += resampler.take(out, 0, out.length);

        assertThat(made).isEqualTo(120L * 8001);
    }

    @Test
    void whatIsWantedIsWhatItTakes() {
        Seeds.forEach(
                30,
                random -> {
                    Resampler resampler = new Resampler(rate(random), rate(random), 1);
                    double[] out = new double[50];
                    for (int i = 0; i < 50; i++) {
                        int frames = random.nextInt(1, out.length);
                        int wanted = (int) resampler.wanting(frames);
                        if (wanted > 0) {
                            assertThat(resampler.put(new double[wanted], 0, wanted - 1))
                                    .isEqualTo(wanted - 1);
                            assertThat(resampler.ready()).isLessThan(frames);
                            resampler.put(new double[1], 0, 1);
                        }
                        assertThat(resampler.ready()).isGreaterThanOrEqualTo(frames);
                        assertThat(resampler.take(out, 0, frames)).isEqualTo(frames);
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({"44100, 48000", "48000, 44100", "8000, 191999", "192000, 11025"})
    void anImpulseStaysWhereItWasInTime(int from, int to) {
        // at 1/25 s, which is a whole frame of all of these rates but one
        double[] in = new double[from / 10];
        in[from / 25] = 1;

        double[] out = Streams.resample(new Resampler(from, to, 1), in, 1);

        int greatest = 0;
        for (int i = 0; i < out.length; i++) {
            greatest = out[i] > out[greatest] ? i : greatest;
        }
        assertThat((double) greatest / to).isCloseTo(1.0 / 25, within(0.5 / to));
    }

    @Test
    void theFirstAndTheLastFrameAreNotLost() {
        Resampler resampler = new Resampler(44100, 48000, 1);
        double[] ends = new double[441];
        ends[0] = 1;
        ends[440] = 1;

        double[] out = Streams.resample(resampler, ends, 1);

        assertThat(out).hasSize(480);
        assertThat(out[0]).isGreaterThan(0.9);
        // 440 lies at 478.9
        assertThat(out[479]).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @CsvSource({"44100, 48000", "48000, 44100", "47999, 48000", "191999, 8000"})
    void aConstantStaysWhatItIs(int from, int to) {
        double[] in = new double[from / 5];
        java.util.Arrays.fill(in, 0.75);
        Resampler resampler = new Resampler(from, to, 1);

        double[] out = Streams.resample(resampler, in, 1);

        int edge = (int) Math.ceil((double) (resampler.latency() + 1) * to / from);
        for (int i = edge; i < out.length - edge; i++) {
            assertThat(out[i]).isCloseTo(0.75, within(1e-13));
        }
    }

    @Test
    void eachChannelIsByItself() {
        Seeds.forEach(
                10,
                random -> {
                    int from = rate(random);
                    int to = rate(random);
                    int frames = 1000;
                    double[] in = random.doubles(3L * frames, -1, 1).toArray();
                    double[] all = Streams.resample(new Resampler(from, to, 3), in, 3);
                    for (int channel = 0; channel < 3; channel++) {
                        double[] alone = new double[frames];
                        for (int i = 0; i < frames; i++) {
                            alone[i] = in[3 * i + channel];
                        }
                        double[] out = Streams.resample(new Resampler(from, to, 1), alone, 1);
                        for (int i = 0; i < out.length; i++) {
                            assertThat(all[3 * i + channel]).isEqualTo(out[i]);
                        }
                    }
                });
    }

    @Test
    void theSameRateIsTheSameSamplesAtOnce() {
        Resampler resampler = new Resampler(48000, 48000, 2);
        double[] in = new SplittableRandom(3).doubles(2000, -1, 1).toArray();
        double[] out = new double[2000];

        assertThat(resampler.latency()).isZero();
        assertThat(resampler.put(in, 0, 1000)).isEqualTo(1000);
        assertThat(resampler.take(out, 0, 1000)).isEqualTo(1000);
        assertThat(out).isEqualTo(in);
    }

    @Test
    void whatThereIsNoRoomForIsNotHeard() {
        Resampler resampler = new Resampler(44100, 48000, 1);
        double[] in = new double[100_000];

        int heard = resampler.put(in, 0, in.length);

        assertThat(heard).isBetween(1, in.length - 1);
        assertThat(resampler.put(in, 0, 1)).isZero();
        assertThat(resampler.take(in, 0, in.length)).isPositive();
        assertThat(resampler.put(in, 0, in.length)).isGreaterThanOrEqualTo(1024);
    }

    @Test
    void nothingIsHeardAfterTheEnd() {
        Resampler resampler = new Resampler(44100, 48000, 1);
        double[] samples = new double[1000];
        resampler.put(samples, 0, 441);
        resampler.drain();

        assertThat(resampler.wanting(1000)).isZero();
        assertThat(resampler.put(samples, 0, 441)).isZero();
        assertThat(resampler.take(samples, 0, 1000)).isEqualTo(480);
        assertThat(resampler.take(samples, 0, 1000)).isZero();
    }

    @Test
    void ratesThatNoCardHasAreRefused() {
        assertThatThrownBy(() -> new Resampler(7999, 48000, 2)).hasMessageContaining("7999");
        assertThatThrownBy(() -> new Resampler(48000, 192001, 2)).hasMessageContaining("192001");
        assertThatThrownBy(() -> new Resampler(48000, 44100, 0)).hasMessageContaining("channels=0");
    }

    @ParameterizedTest
    @CsvSource({"44100, 48000", "192000, 8000", "47999, 48000"})
    void nothingIsAllocatedWhileItPlays(int from, int to) {
        Resampler resampler = new Resampler(from, to, 2);
        double[] in = new double[2 * 480];
        double[] out = new double[2 * 1024];

        long bytes =
                Allocations.bytesOnceWarm(
                        () -> {
                            resampler.reset();
                            for (int i = 0; i < 20; i++) {
                                resampler.put(in, 0, 480);
                                resampler.take(out, 0, 1024);
                            }
                            resampler.drain();
                            resampler.take(out, 0, 1024);
                        });

        assertThat(bytes).isZero();
    }
}
