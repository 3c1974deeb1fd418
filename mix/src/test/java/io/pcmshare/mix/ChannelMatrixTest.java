package io.pcmshare.mix;

import static io.pcmshare.abi.ChannelPosition.FC;
import static io.pcmshare.abi.ChannelPosition.FL;
import static io.pcmshare.abi.ChannelPosition.FR;
import static io.pcmshare.abi.ChannelPosition.LFE;
import static io.pcmshare.abi.ChannelPosition.MONO;
import static io.pcmshare.abi.ChannelPosition.NA;
import static io.pcmshare.abi.ChannelPosition.RL;
import static io.pcmshare.abi.ChannelPosition.RR;
import static io.pcmshare.abi.ChannelPosition.SL;
import static io.pcmshare.abi.ChannelPosition.SR;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pcmshare.abi.ChannelPosition;
import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;

/** Which loudspeaker plays what. */
final class ChannelMatrixTest {
    private static final List<ChannelPosition> STEREO = ChannelPosition.standard(2);
    private static final List<ChannelPosition> SURROUND = ChannelPosition.standard(6);

    /** Of 5.1 to stereo: 1 + two times -3 dB, so that three channels at once do not clip. */
    private static final double SOFTER = 1 + Math.sqrt(2);

    private static double[] frame(ChannelMatrix matrix, double... samples) {
        double[] out = new double[matrix.toChannels()];
        matrix.apply(samples, 0, out, 0, 1);
        return out;
    }

    @Test
    void monoGoesToBothSides() {
        assertThat(frame(ChannelMatrix.between(List.of(MONO), STEREO), 0.9))
                .containsExactly(0.9, 0.9);
    }

    @Test
    void monoIsTheCentreWhereThereIsOne() {
        assertThat(frame(ChannelMatrix.between(List.of(MONO), SURROUND), 0.9))
                .containsExactly(0, 0, 0, 0, 0.9, 0);
    }

    @Test
    void stereoBecomesHalfOfEach() {
        ChannelMatrix matrix = ChannelMatrix.between(STEREO, List.of(MONO));

        assertThat(frame(matrix, 1, 0.5)).containsExactly(0.75);
        assertThat(frame(matrix, 1, 1)).containsExactly(1);
        assertThat(frame(matrix, 1, -1)).containsExactly(0);
    }

    @Test
    void surroundBecomesStereoAsTheItuSaysAndDoesNotClip() {
        ChannelMatrix matrix = ChannelMatrix.between(SURROUND, STEREO);

        for (int channel = 0; channel < 6; channel++) {
            double left =
                    switch (SURROUND.get(channel)) {
                        case FL -> 1;
                        case FC, RL -> Math.sqrt(0.5);
                        default -> 0;
                    };
            assertThat(matrix.gain(channel, 0) * SOFTER)
                    .as(SURROUND.get(channel).name())
                    .isCloseTo(left, within(1e-12));
        }
        double[] loudest = frame(matrix, 1, 1, 1, 1, 1, 1);
        assertThat(loudest[0]).isCloseTo(1, within(1e-12));
        assertThat(loudest[1]).isCloseTo(1, within(1e-12));
    }

    @Test
    void theOrderOfTheMapsDecidesNotTheNumber() {
        ChannelMatrix matrix = ChannelMatrix.between(SURROUND, List.of(FL, FR, FC, LFE, RL, RR));

        assertThat(frame(matrix, 1, 2, 3, 4, 5, 6)).containsExactly(1, 2, 5, 6, 3, 4);
    }

    @Test
    void stereoLeavesTheRestOfSurroundSilent() {
        assertThat(frame(ChannelMatrix.between(STEREO, SURROUND), 0.3, 0.4))
                .containsExactly(0.3, 0.4, 0, 0, 0, 0);
    }

    @Test
    void theSideIsHeardFromBehindWhereThereIsNoSide() {
        ChannelMatrix matrix =
                ChannelMatrix.between(List.of(FL, FR, SL, SR), List.of(FL, FR, RL, RR));

        assertThat(matrix.isIdentity()).isTrue();
    }

    @Test
    void withoutPositionsChannelsGoByNumberAndOneGoesToAll() {
        assertThat(frame(between(3, 2), 1, 2, 3)).containsExactly(1, 2);
        assertThat(frame(between(2, 3), 1, 2)).containsExactly(1, 2, 0);
        assertThat(frame(between(1, 3), 1)).containsExactly(1, 1, 1);
    }

    private static ChannelMatrix between(int from, int to) {
        return ChannelMatrix.between(
                Collections.nCopies(from, ChannelPosition.UNKNOWN),
                Collections.nCopies(to, ChannelPosition.UNKNOWN));
    }

    @Test
    void aChannelThatIsNoneIsSilentBothWays() {
        assertThat(frame(ChannelMatrix.between(List.of(FL, NA), List.of(NA, FL)), 1, 2))
                .containsExactly(0, 1);
    }

    /** Any two maps: full scale does not clip, and only low-frequency effects may get lost. */
    @Test
    void noPairOfMapsClipsOrLosesAChannel() {
        Seeds.forEach(
                500,
                random -> {
                    List<ChannelPosition> from = someOf(random);
                    List<ChannelPosition> to = new ArrayList<>(someOf(random));
                    to.addAll(random.nextBoolean() ? STEREO : List.of(MONO));
                    ChannelMatrix matrix = ChannelMatrix.between(from, to);
                    double[] ones = new double[from.size()];
                    Arrays.fill(ones, 1);

                    for (double sample : frame(matrix, ones)) {
                        assertThat(sample).as("%s -> %s", from, to).isBetween(0.0, 1 + 1e-12);
                    }
                    for (int i = 0; i < from.size(); i++) {
                        double[] one = new double[from.size()];
                        one[i] = 1;
                        assertThat(Arrays.stream(frame(matrix, one)).sum() > 0)
                                .as("%s of %s -> %s is heard", from.get(i), from, to)
                                .isEqualTo(!isDropped(from.get(i), to));
                    }
                });
    }

    private static boolean isDropped(ChannelPosition position, List<ChannelPosition> to) {
        return switch (position) {
            case NA -> true;
            case LFE -> !to.contains(LFE);
            case LLFE, RLFE -> !to.contains(position) && !to.contains(LFE);
            default -> false;
        };
    }

    private static List<ChannelPosition> someOf(SplittableRandom random) {
        List<ChannelPosition> all =
                new ArrayList<>(EnumSet.complementOf(EnumSet.of(ChannelPosition.UNKNOWN)));
        Collections.shuffle(all, new java.util.Random(random.nextLong()));
        return all.subList(0, random.nextInt(1, 9));
    }

    @Test
    void theIdentityIsKnownAndCopies() {
        ChannelMatrix matrix = ChannelMatrix.between(SURROUND, SURROUND);

        assertThat(matrix.isIdentity()).isTrue();
        assertThat(frame(matrix, 1, 2, 3, 4, 5, 6)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(ChannelMatrix.between(STEREO, SURROUND).isIdentity()).isFalse();
        assertThat(ChannelMatrix.of(new double[][] {{0, 1}, {1, 0}}).isIdentity()).isFalse();
    }

    @Test
    void ownGainsAreTakenAsTheyAreAndFramesGoWhereTheyShall() {
        ChannelMatrix matrix = ChannelMatrix.of(new double[][] {{2, 0}, {0.5, -1}, {0, 3}});
        double[] out = new double[12];

        matrix.apply(new double[] {9, 9, 1, 2, 3, 4}, 1, out, 1, 2);

        assertThat(out).containsExactly(0, 0, 0, 2, -1.5, 6, 6, -2.5, 12, 0, 0, 0);
    }

    @Test
    void whatIsNoMatrixIsRefused() {
        assertThatThrownBy(() -> ChannelMatrix.of(new double[][] {{1, 0}, {1}}))
                .hasMessageContaining("[1.0]");
        assertThatThrownBy(() -> ChannelMatrix.of(new double[][] {{Double.NaN}}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> ChannelMatrix.between(List.of(FC), List.of()))
                .hasMessageContaining("to=[]");
    }

    @Test
    void nothingIsAllocatedWhileItPlays() {
        ChannelMatrix matrix = ChannelMatrix.between(SURROUND, STEREO);
        double[] in = new double[6 * 1024];
        double[] out = new double[2 * 1024];

        assertThat(Allocations.bytesOnceWarm(() -> matrix.apply(in, 0, out, 0, 1024))).isZero();
    }
}
