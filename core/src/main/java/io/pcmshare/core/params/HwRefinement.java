package io.pcmshare.core.params;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmInfoFlag;

import java.util.List;

/**
 * Narrows a space of parameters to what a device can do, and chooses one point of it. Kernel:
 * sound/core/pcm_native.c, snd_pcm_hw_refine(), snd_pcm_hw_params_choose().
 *
 * <p>One per substream; holds only scratch space. Threads: under the card's lock.
 */
public final class HwRefinement {
    private static final int EINVAL = Errno.EINVAL.negated();
    private static final HwParam[] PARAMS = HwParam.values();

    /** In which order an undecided space is decided. */
    private static final List<HwParam> CHOICE_ORDER =
            List.of(
                    HwParam.ACCESS,
                    HwParam.FORMAT,
                    HwParam.SUBFORMAT,
                    HwParam.CHANNELS,
                    HwParam.RATE,
                    HwParam.PERIOD_TIME,
                    HwParam.BUFFER_SIZE,
                    HwParam.TICK_TIME);

    private final PcmHardware hardware;
    private final HwConstraints constraints;
    private final HwRule[] rules;
    private final HwParam[][] dependencies;
    private final int[] ruleStamps;
    private final int[] paramStamps = new int[Integer.SIZE];

    /** Refines for one device. */
    public HwRefinement(PcmHardware hardware, HwConstraints constraints) {
        this.hardware = hardware;
        this.constraints = constraints;
        this.rules = constraints.rules().toArray(HwRule[]::new);
        this.ruleStamps = new int[rules.length];
        this.dependencies = new HwParam[rules.length][];
        for (int i = 0; i < rules.length; i++) {
            dependencies[i] = rules[i].dependencies().toArray(HwParam[]::new);
        }
    }

    /**
     * Narrows the parameters that {@code rmask} names, and whatever depends on them.
     *
     * @return 0, or a negated {@code EINVAL} when nothing is left; the space is then in between and
     *     must not be handed out
     */
    public int refine(HwParamSpace params) {
        int answer = narrow(params);
        if (answer < 0) {
            return answer;
        }
        fillUnreferenced(params);
        return 0;
    }

    /**
     * Refines everything and decides what is still open: the first access, format, subformat, the
     * fewest channels, lowest rate, shortest period time, largest buffer, shortest tick.
     *
     * @return 0 or a negated errno, as {@link #refine}
     */
    public int choose(HwParamSpace params) {
        params.rmask(-1);
        int answer = narrow(params);
        for (int i = 0; i < CHOICE_ORDER.size() && answer >= 0; i++) {
            answer = decide(params, CHOICE_ORDER.get(i));
        }
        if (answer < 0) {
            return answer;
        }
        fillUnreferenced(params);
        return 0;
    }

    private int decide(HwParamSpace params, HwParam param) {
        int answer;
        if (param.isMask()) {
            answer = params.refineMaskFirst(param);
        } else if (param == HwParam.BUFFER_SIZE) {
            answer = params.interval(param).refineLast();
        } else {
            answer = params.interval(param).refineFirst();
        }
        if (answer != Interval.CHANGED) {
            return answer;
        }
        params.markChanged(param);
        params.rmask(params.rmask() | param.bit());
        return narrow(params);
    }

    private int narrow(HwParamSpace params) {
        params.info(0);
        params.fifoSize(0);
        if (isAsked(params, HwParam.SAMPLE_BITS)) {
            params.msbits(0);
        }
        if (isAsked(params, HwParam.RATE)) {
            params.exactRate(0, 0);
        }
        int answer = applyBounds(params);
        if (answer >= 0) {
            answer = applyRules(params);
        }
        if (answer >= 0) {
            params.rmask(0);
        }
        return answer;
    }

    private int applyBounds(HwParamSpace params) {
        HwParamSpace bounds = constraints.bounds();
        for (HwParam param : PARAMS) {
            if (!isAsked(params, param)) {
                continue;
            }
            int answer =
                    param.isMask()
                            ? params.refineMask(param, bounds.mask(param))
                            : params.interval(param).refine(bounds.interval(param));
            if (answer < 0) {
                return answer;
            }
            if (answer == Interval.CHANGED) {
                params.markChanged(param);
            }
        }
        return 0;
    }

    /**
     * Applies each rule whose dependencies changed since it last ran, until none is left. A stamp
     * counts rule runs, so "changed since" is a comparison.
     */
    private int applyRules(HwParamSpace params) {
        for (HwParam param : PARAMS) {
            paramStamps[param.code()] = isAsked(params, param) ? 1 : 0;
        }
        java.util.Arrays.fill(ruleStamps, 0);
        int stamp = 2;
        boolean again = true;
        while (again) {
            again = false;
            for (int i = 0; i < rules.length; i++) {
                if (!isDue(params, i)) {
                    continue;
                }
                int answer = rules[i].body().apply(params);
                if (answer < 0) {
                    return EINVAL;
                }
                if (answer == Interval.CHANGED) {
                    HwParam target = rules[i].target();
                    params.markChanged(target);
                    paramStamps[target.code()] = stamp;
                    again = true;
                }
                ruleStamps[i] = stamp++;
            }
        }
        return 0;
    }

    private boolean isDue(HwParamSpace params, int rule) {
        int condition = rules[rule].condition();
        if (condition != 0 && (condition & params.flags()) == 0) {
            return false;
        }
        for (HwParam dependency : dependencies[rule]) {
            if (paramStamps[dependency.code()] > ruleStamps[rule]) {
                return true;
            }
        }
        return false;
    }

    /** Kernel: fixup_unreferenced_params(). */
    private void fillUnreferenced(HwParamSpace params) {
        Interval sampleBits = params.interval(HwParam.SAMPLE_BITS);
        if (params.msbits() == 0 && sampleBits.isSingle()) {
            params.msbits((int) sampleBits.value());
        }
        Interval rate = params.interval(HwParam.RATE);
        if (params.rateDen() == 0 && rate.isSingle()) {
            params.exactRate((int) rate.value(), 1);
        }
        if (params.fifoSize() == 0
                && params.isSingleMask(HwParam.FORMAT)
                && params.interval(HwParam.CHANNELS).isSingle()) {
            params.fifoSize(hardware.fifoSize());
        }
        if (params.info() == 0) {
            params.info(
                    hardware.info() & ~(PcmInfoFlag.FIFO_IN_FRAMES | PcmInfoFlag.DRAIN_TRIGGER));
        }
    }

    private static boolean isAsked(HwParamSpace params, HwParam param) {
        return (params.rmask() & param.bit()) != 0;
    }
}
