package io.pcmshare.core.params;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SplittableRandom;

/** What refinement never does, whatever the device and the question. */
final class RefinementPropertiesTest {
    private static final int CASES = 5_000;

    @Test
    void itNeverWidensAndSaysExactlyWhatItNarrowed() {
        Seeds.forEach(
                CASES,
                random -> {
                    HwRefinement refinement = device(random);
                    HwParamSpace asked = question(random);
                    HwParamSpace answer = copy(asked);
                    if (refinement.refine(answer) < 0) {
                        return;
                    }
                    for (HwParam param : HwParam.values()) {
                        assertThat(isInside(answer, asked, param)).as("%s", param).isTrue();
                        boolean narrowed = !isSame(answer, asked, param);
                        boolean said = (answer.cmask() & param.bit()) != 0;
                        // a range found to be one value is called integer without a bit in cmask
                        boolean integerOnly =
                                said && !narrowed && becameInteger(answer, asked, param);
                        assertThat(said && !integerOnly)
                                .as("cmask of %s", param)
                                .isEqualTo(narrowed);
                    }
                });
    }

    @Test
    void refiningAgainChangesNothing() {
        Seeds.forEach(
                CASES,
                random -> {
                    HwRefinement refinement = device(random);
                    HwParamSpace once = question(random);
                    if (refinement.refine(once) < 0) {
                        return;
                    }
                    HwParamSpace twice = copy(once);
                    twice.rmask(-1);
                    HwParamSpace fresh = copy(twice);

                    assertThat(refinement.refine(fresh)).isZero();
                    assertThat(fresh.cmask()).as("nothing new").isZero();
                    for (HwParam param : HwParam.values()) {
                        assertThat(isSame(fresh, once, param)).as("%s", param).isTrue();
                    }
                });
    }

    @Test
    void whatIsChosenLiesInWhatWasOfferedAndIsAccepted() {
        int[] chosen = {0};
        Seeds.forEach(
                CASES,
                random -> {
                    HwRefinement refinement = device(random);
                    HwParamSpace refined = question(random);
                    if (refinement.refine(refined) < 0) {
                        return;
                    }
                    HwParamSpace point = copy(refined);
                    if (refinement.choose(point) < 0) {
                        // the kernel's order of choices can run into a dead end, too
                        return;
                    }
                    chosen[0]++;
                    for (HwParam param : HwParam.values()) {
                        assertThat(isInside(point, refined, param)).as("%s", param).isTrue();
                    }
                    HwParamSpace again = copy(point);
                    assertThat(refinement.refine(again)).isZero();
                    assertThat(again.cmask()).isZero();
                });
        assertThat(chosen[0]).as("choices that came about").isPositive();
    }

    /** A narrower question never has a wider answer. */
    @Test
    void aNarrowerSpaceIsRefinedToNoMoreThanAWiderOne() {
        int[] compared = {0};
        Seeds.forEach(
                CASES,
                random -> {
                    HwRefinement refinement = device(random);
                    HwParamSpace narrow = question(random);
                    if (random.nextBoolean()) {
                        // a question about a solution is answered more often
                        refinement.choose(narrow);
                    }
                    HwParamSpace wide = copy(narrow);
                    narrow = copy(narrow);
                    widenAtRandom(random, wide);
                    int wideAnswer = refinement.refine(wide);
                    if (refinement.refine(narrow) < 0) {
                        return;
                    }
                    compared[0]++;
                    assertThat(wideAnswer).as("the wider space").isZero();
                    for (HwParam param : HwParam.values()) {
                        assertThat(isInside(narrow, wide, param)).as("%s", param).isTrue();
                    }
                });
        assertThat(compared[0]).as("spaces compared").isGreaterThan(CASES / 20);
    }

    /** Whatever else is open: a choice that the device has made before is not refined away. */
    @Test
    void aSpaceThatHoldsASolutionIsNeverEmptied() {
        int[] compared = {0};
        Seeds.forEach(
                CASES,
                random -> {
                    HwRefinement refinement = device(random);
                    HwParamSpace solution = question(random);
                    if (refinement.choose(solution) < 0) {
                        return;
                    }
                    compared[0]++;
                    HwParamSpace around = copy(solution);
                    widenAtRandom(random, around);

                    assertThat(refinement.refine(around)).as("a solution is inside").isZero();
                    for (HwParam param : HwParam.values()) {
                        assertThat(isInside(solution, around, param)).as("%s", param).isTrue();
                    }
                });
        assertThat(compared[0]).as("solutions").isGreaterThan(CASES / 20);
    }

    private static void widenAtRandom(SplittableRandom random, HwParamSpace space) {
        for (HwParam param : HwParam.values()) {
            if (param.isMask()) {
                space.mask(param, space.mask(param) | random.nextLong());
            } else if (random.nextInt(3) != 0) {
                Interval now = space.interval(param);
                long below = random.nextBoolean() ? now.min() : random.nextLong(now.min() + 1);
                long above = random.nextLong(1L << random.nextInt(1, 24));
                long max = Math.min(Interval.UINT_MAX, now.max() + above);
                now.set(now.min() - below, max, false, false, false, false);
            }
        }
    }

    private static HwRefinement device(SplittableRandom random) {
        PcmHardware hardware = random.nextBoolean() ? RecordedRefinementTest.DUMMY : any(random);
        HwConstraints constraints = hardware.constraints();
        if (random.nextBoolean()) {
            constraints.integer(HwParam.PERIODS);
        }
        if (random.nextInt(4) == 0) {
            constraints.step(0, HwParam.PERIOD_SIZE, 16);
        }
        if (random.nextInt(4) == 0) {
            constraints.pow2(0, HwParam.PERIOD_BYTES);
        }
        hardware.completeInto(constraints);
        return new HwRefinement(hardware, constraints);
    }

    private static PcmHardware any(SplittableRandom random) {
        long periodMin = 1L << random.nextInt(12);
        long bufferMax = periodMin << random.nextInt(1, 12);
        long periodsMin = random.nextLong(1, 4);
        return new PcmHardware(
                PcmInfoFlag.MMAP | PcmInfoFlag.INTERLEAVED,
                PcmFormat.S16_LE.maskBit()
                        | PcmFormat.S32_LE.maskBit()
                        | (random.nextBoolean() ? PcmFormat.S24_3LE.maskBit() : 0),
                random.nextBoolean() ? List.of() : List.of(8000, 44100, 48000, 96000),
                8000,
                96000,
                1,
                random.nextLong(1, 33),
                bufferMax,
                periodMin,
                bufferMax,
                periodsMin,
                periodsMin + random.nextLong(1024),
                0);
    }

    private static HwParamSpace question(SplittableRandom random) {
        HwParamSpace space = new HwParamSpace();
        for (HwParam param : HwParam.values()) {
            if (random.nextInt(3) != 0) {
                continue;
            }
            if (param.isMask()) {
                space.mask(param, random.nextLong());
            } else {
                long scale = 1L << random.nextInt(1, 24);
                long min = random.nextLong(scale);
                boolean single = random.nextInt(3) == 0;
                long max = single ? min : min + random.nextLong(1, 1L << 24);
                boolean openMin = !single && random.nextInt(4) == 0;
                boolean openMax = !single && random.nextInt(4) == 0;
                space.interval(param).set(min, max, openMin, openMax, false, false);
            }
        }
        return space;
    }

    /** A copy that asks about everything and has been told of no change. */
    private static HwParamSpace copy(HwParamSpace from) {
        HwParamSpace to = new HwParamSpace();
        for (HwParam param : HwParam.values()) {
            if (param.isMask()) {
                to.mask(param, from.mask(param));
            } else {
                to.interval(param).set(from.interval(param));
            }
        }
        return to;
    }

    private static boolean isSame(HwParamSpace a, HwParamSpace b, HwParam param) {
        if (param.isMask()) {
            return a.mask(param) == b.mask(param);
        }
        Interval x = a.interval(param);
        Interval y = b.interval(param);
        return x.min() == y.min()
                && x.max() == y.max()
                && x.openMin() == y.openMin()
                && x.openMax() == y.openMax();
    }

    private static boolean becameInteger(HwParamSpace after, HwParamSpace before, HwParam param) {
        return !param.isMask()
                && after.interval(param).integer()
                && !before.interval(param).integer();
    }

    private static boolean isInside(HwParamSpace inner, HwParamSpace outer, HwParam param) {
        if (param.isMask()) {
            return (inner.mask(param) & ~outer.mask(param)) == 0;
        }
        Interval x = inner.interval(param);
        Interval y = outer.interval(param);
        boolean low = x.min() > y.min() || (x.min() == y.min() && (x.openMin() || !y.openMin()));
        boolean high = x.max() < y.max() || (x.max() == y.max() && (x.openMax() || !y.openMax()));
        return low && high && !x.empty();
    }
}
