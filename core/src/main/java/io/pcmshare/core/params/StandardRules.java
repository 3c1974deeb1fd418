package io.pcmshare.core.params;

import static io.pcmshare.abi.HwParam.BUFFER_BYTES;
import static io.pcmshare.abi.HwParam.BUFFER_SIZE;
import static io.pcmshare.abi.HwParam.BUFFER_TIME;
import static io.pcmshare.abi.HwParam.CHANNELS;
import static io.pcmshare.abi.HwParam.FORMAT;
import static io.pcmshare.abi.HwParam.FRAME_BITS;
import static io.pcmshare.abi.HwParam.PERIODS;
import static io.pcmshare.abi.HwParam.PERIOD_BYTES;
import static io.pcmshare.abi.HwParam.PERIOD_SIZE;
import static io.pcmshare.abi.HwParam.PERIOD_TIME;
import static io.pcmshare.abi.HwParam.RATE;
import static io.pcmshare.abi.HwParam.SAMPLE_BITS;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;

import java.util.List;

/**
 * What holds for every device: how bits, bytes, frames, periods and times depend on each other.
 * Kernel: sound/core/pcm_native.c, snd_pcm_hw_constraints_init().
 *
 * <p>The order counts: rules that are applied in another order reach the same space but may pass
 * other roundings on the way.
 */
final class StandardRules {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long BITS_PER_BYTE = 8;
    private static final PcmFormat[] FORMATS = PcmFormat.values();

    private StandardRules() {}

    static void addTo(HwConstraints to) {
        to.integer(CHANNELS)
                .integer(BUFFER_SIZE)
                .integer(BUFFER_BYTES)
                .integer(SAMPLE_BITS)
                .integer(FRAME_BITS);
        to.rule(new HwRule(0, FORMAT, List.of(SAMPLE_BITS), StandardRules::formatsOfWidth));
        to.rule(new HwRule(0, SAMPLE_BITS, List.of(FORMAT), widthsOfFormats()));
        to.rule(quotient(SAMPLE_BITS, FRAME_BITS, CHANNELS));
        to.rule(product(FRAME_BITS, SAMPLE_BITS, CHANNELS));
        to.rule(ratio(FRAME_BITS, PERIOD_BYTES, BITS_PER_BYTE, PERIOD_SIZE));
        to.rule(ratio(FRAME_BITS, BUFFER_BYTES, BITS_PER_BYTE, BUFFER_SIZE));
        to.rule(quotient(CHANNELS, FRAME_BITS, SAMPLE_BITS));
        to.rule(ratio(RATE, PERIOD_SIZE, MICROS_PER_SECOND, PERIOD_TIME));
        to.rule(ratio(RATE, BUFFER_SIZE, MICROS_PER_SECOND, BUFFER_TIME));
        to.rule(quotient(PERIODS, BUFFER_SIZE, PERIOD_SIZE));
        to.rule(quotient(PERIOD_SIZE, BUFFER_SIZE, PERIODS));
        to.rule(ratio(PERIOD_SIZE, PERIOD_BYTES, BITS_PER_BYTE, FRAME_BITS));
        to.rule(scaled(PERIOD_SIZE, PERIOD_TIME, RATE, MICROS_PER_SECOND));
        to.rule(product(BUFFER_SIZE, PERIOD_SIZE, PERIODS));
        to.rule(ratio(BUFFER_SIZE, BUFFER_BYTES, BITS_PER_BYTE, FRAME_BITS));
        to.rule(scaled(BUFFER_SIZE, BUFFER_TIME, RATE, MICROS_PER_SECOND));
        to.rule(scaled(PERIOD_BYTES, PERIOD_SIZE, FRAME_BITS, BITS_PER_BYTE));
        to.rule(scaled(BUFFER_BYTES, BUFFER_SIZE, FRAME_BITS, BITS_PER_BYTE));
        to.rule(ratio(PERIOD_TIME, PERIOD_SIZE, MICROS_PER_SECOND, RATE));
        to.rule(ratio(BUFFER_TIME, BUFFER_SIZE, MICROS_PER_SECOND, RATE));
    }

    private static HwRule product(HwParam target, HwParam a, HwParam b) {
        Interval bound = new Interval();
        return new HwRule(
                0,
                target,
                List.of(a, b),
                params -> {
                    IntervalMath.multiply(params.interval(a), params.interval(b), bound);
                    return params.interval(target).refine(bound);
                });
    }

    private static HwRule quotient(HwParam target, HwParam a, HwParam b) {
        Interval bound = new Interval();
        return new HwRule(
                0,
                target,
                List.of(a, b),
                params -> {
                    IntervalMath.divide(params.interval(a), params.interval(b), bound);
                    return params.interval(target).refine(bound);
                });
    }

    /** {@code target = a * b / k}. */
    private static HwRule scaled(HwParam target, HwParam a, HwParam b, long k) {
        Interval bound = new Interval();
        return new HwRule(
                0,
                target,
                List.of(a, b),
                params -> {
                    IntervalMath.multiplyScale(params.interval(a), params.interval(b), k, bound);
                    return params.interval(target).refine(bound);
                });
    }

    /** {@code target = a * k / b}. */
    private static HwRule ratio(HwParam target, HwParam a, long k, HwParam b) {
        Interval bound = new Interval();
        return new HwRule(
                0,
                target,
                List.of(a, b),
                params -> {
                    IntervalMath.multiplyDivide(params.interval(a), k, params.interval(b), bound);
                    return params.interval(target).refine(bound);
                });
    }

    private static int formatsOfWidth(HwParamSpace params) {
        Interval width = params.interval(SAMPLE_BITS);
        long fitting = 0;
        for (PcmFormat format : FORMATS) {
            if (width.contains(format.physicalWidth())) {
                fitting |= format.maskBit();
            }
        }
        return params.refineMask(FORMAT, fitting);
    }

    private static HwRule.Body widthsOfFormats() {
        Interval bound = new Interval();
        return params -> {
            long formats = params.mask(FORMAT);
            long narrowest = Interval.UINT_MAX;
            long widest = 0;
            for (PcmFormat format : FORMATS) {
                if ((formats & format.maskBit()) != 0) {
                    narrowest = Math.min(narrowest, format.physicalWidth());
                    widest = Math.max(widest, format.physicalWidth());
                }
            }
            bound.set(narrowest, widest, false, false, true, false);
            return params.interval(SAMPLE_BITS).refine(bound);
        };
    }
}
