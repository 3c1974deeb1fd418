package io.pcmshare.core.params;

import io.pcmshare.abi.HwParam;

import java.util.ArrayList;
import java.util.List;

/**
 * What a device can do: a bound for each parameter and rules between them. Kernel:
 * include/sound/pcm.h, {@code struct snd_pcm_hw_constraints}.
 *
 * <p>Filled while a substream opens, then only read.
 */
public final class HwConstraints {
    private final HwParamSpace bounds = new HwParamSpace();
    private final List<HwRule> rules = new ArrayList<>();

    /** The bounds, without the rules. */
    HwParamSpace bounds() {
        return bounds;
    }

    List<HwRule> rules() {
        return rules;
    }

    /** Adds a rule. */
    public HwConstraints rule(HwRule rule) {
        rules.add(rule);
        return this;
    }

    /** Allows only these bits of a mask. */
    public HwConstraints mask(HwParam param, long allowed) {
        bounds.refineMask(param, allowed);
        return this;
    }

    /** Bounds an interval, ends included. */
    public HwConstraints minmax(HwParam param, long min, long max) {
        Interval bound = new Interval();
        bound.setRange(min, max);
        bounds.interval(param).refine(bound);
        return this;
    }

    /** Restricts an interval to integers. */
    public HwConstraints integer(HwParam param) {
        bounds.interval(param).restrictToIntegers();
        return this;
    }

    /**
     * Allows only these values. Kernel: snd_pcm_hw_constraint_list().
     *
     * @param condition request flags under which this applies, 0 for always
     */
    public HwConstraints list(int condition, HwParam param, long... values) {
        long[] allowed = values.clone();
        Interval hull = new Interval();
        return self(
                condition, param, params -> refineToList(params.interval(param), allowed, hull));
    }

    /** Allows only multiples of {@code step}. Kernel: snd_pcm_hw_constraint_step(). */
    public HwConstraints step(int condition, HwParam param, long step) {
        Interval hull = new Interval();
        return self(condition, param, params -> refineToStep(params.interval(param), step, hull));
    }

    /** Allows only powers of two. Kernel: snd_pcm_hw_constraint_pow2(). */
    public HwConstraints pow2(int condition, HwParam param) {
        long[] powers = new long[32];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = 1L << i;
        }
        return list(condition, param, powers);
    }

    /**
     * Samples of {@code width} bits use only {@code msbits} of them. Kernel:
     * snd_pcm_hw_constraint_msbits().
     */
    public HwConstraints msbits(int condition, int width, int msbits) {
        return self(
                condition,
                HwParam.SAMPLE_BITS,
                params -> {
                    Interval bits = params.interval(HwParam.SAMPLE_BITS);
                    if (bits.isSingle() && bits.value() == width && width > msbits) {
                        int known = params.msbits();
                        params.msbits(known == 0 ? msbits : Math.min(known, msbits));
                    }
                    return Interval.SAME;
                });
    }

    private HwConstraints self(int condition, HwParam param, HwRule.Body body) {
        return rule(new HwRule(condition, param, List.of(param), body));
    }

    /** Moves both ends inwards to multiples. Kernel: snd_interval_step(). */
    private static int refineToStep(Interval interval, long step, Interval hull) {
        long min = Math.ceilDiv(interval.min(), step) * step;
        long max = Math.floorDiv(interval.max(), step) * step;
        min = interval.openMin() && min == interval.min() ? min + step : min;
        max = interval.openMax() && max == interval.max() ? max - step : max;
        hull.setRange(min, max);
        return interval.refine(hull);
    }

    /** Narrows to the hull of those values that lie inside. Kernel: snd_interval_list(). */
    static int refineToList(Interval interval, long[] values, Interval hull) {
        long lowest = Interval.UINT_MAX;
        long highest = 0;
        for (long value : values) {
            if (interval.contains(value)) {
                lowest = Math.min(lowest, value);
                highest = Math.max(highest, value);
            }
        }
        hull.setRange(lowest, highest);
        return interval.refine(hull);
    }
}
