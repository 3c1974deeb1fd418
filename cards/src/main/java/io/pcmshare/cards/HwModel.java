package io.pcmshare.cards;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.HwParams;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.params.HwRule;
import io.pcmshare.core.params.Interval;
import io.pcmshare.core.params.PcmHardware;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What a device of the machine can do. Its outer bounds are known once; whatever depends on what
 * else is chosen the device itself is asked, each time that somebody refines: the answer is the
 * kernel's own {@code HW_REFINE}, narrowed by our own limits and nothing else.
 */
final class HwModel {
    /** Ring and pages are our own, so that they can be mapped whatever the device does. */
    private static final int OURS =
            PcmInfoFlag.MMAP
                    | PcmInfoFlag.MMAP_VALID
                    | PcmInfoFlag.INTERLEAVED
                    | PcmInfoFlag.PAUSE
                    | PcmInfoFlag.RESUME;

    private static final List<HwParam> ASKED =
            List.of(
                    HwParam.FORMAT,
                    HwParam.CHANNELS,
                    HwParam.RATE,
                    HwParam.PERIOD_TIME,
                    HwParam.PERIOD_SIZE,
                    HwParam.PERIOD_BYTES,
                    HwParam.PERIODS,
                    HwParam.BUFFER_TIME,
                    HwParam.BUFFER_SIZE,
                    HwParam.BUFFER_BYTES);

    private final PcmNode node;
    private final HwParamSpace question = new HwParamSpace();
    private final HwParams copy =
            new HwParams(MemorySegment.ofArray(new long[128]), DataModel.LP64);

    HwModel(PcmNode node) {
        this.node = node;
    }

    /** The outer bounds; {@code null} where it has no interleaved frames, or is gone. */
    static @Nullable CardModel bounds(PcmNode node) {
        HwParamSpace any = new HwParamSpace();
        any.mask(HwParam.ACCESS, 1L << PcmAccess.RW_INTERLEAVED.code());
        if (node.hwRefine(any) < 0) {
            return null;
        }
        PcmHardware hardware =
                new PcmHardware(
                        OURS | (any.info() & PcmInfoFlag.BATCH),
                        any.mask(HwParam.FORMAT),
                        List.of(),
                        least(any, HwParam.RATE),
                        any.interval(HwParam.RATE).max(),
                        least(any, HwParam.CHANNELS),
                        any.interval(HwParam.CHANNELS).max(),
                        any.interval(HwParam.BUFFER_BYTES).max(),
                        least(any, HwParam.PERIOD_BYTES),
                        any.interval(HwParam.PERIOD_BYTES).max(),
                        least(any, HwParam.PERIODS),
                        any.interval(HwParam.PERIODS).max(),
                        any.fifoSize());
        return CardModel.of("hw", hardware);
    }

    private static long least(HwParamSpace space, HwParam param) {
        return Math.max(1, space.interval(param).min());
    }

    /** Adds the device's answers. */
    void constrain(HwConstraints constraints) {
        for (HwParam param : ASKED) {
            constraints.rule(new HwRule(0, param, ASKED, space -> narrow(space, param)));
        }
    }

    private int narrow(HwParamSpace space, HwParam param) {
        copy.clear();
        space.write(copy);
        question.read(copy);
        question.mask(HwParam.ACCESS, 1L << PcmAccess.RW_INTERLEAVED.code());
        question.flags(0);
        question.rmask(-1);
        if (node.hwRefine(question) < 0) {
            return Errno.EINVAL.negated();
        }
        if (param == HwParam.FORMAT) {
            space.msbits(question.msbits());
            return space.refineMask(param, question.mask(param));
        }
        if (param == HwParam.RATE && question.rateDen() != 0) {
            space.exactRate(question.rateNum(), question.rateDen());
        }
        Interval answer = question.interval(param);
        return space.interval(param).refine(answer);
    }
}
