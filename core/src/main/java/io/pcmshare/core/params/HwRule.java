package io.pcmshare.core.params;

import io.pcmshare.abi.HwParam;

import java.util.List;

/**
 * One dependency between parameters. Kernel: include/sound/pcm.h, {@code struct snd_pcm_hw_rule}.
 *
 * @param condition applies only if the request has one of these flags; 0 applies always
 * @param target the parameter that it narrows
 * @param dependencies the parameters that it looks at
 * @param body what it does
 */
public record HwRule(int condition, HwParam target, List<HwParam> dependencies, Body body) {
    /** Copies the list. */
    public HwRule {
        dependencies = List.copyOf(dependencies);
    }

    /** Narrows the target. */
    @FunctionalInterface
    public interface Body {
        /** Answers as {@link Interval#refine}. */
        int apply(HwParamSpace params);
    }
}
