package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.core.params.HwConstraints;

import java.util.List;

/** Something that a card shall do less than it could. */
public sealed interface CardLimit {
    /** As it was asked for, {@code rate=44100}. */
    String text();

    /** Of what. */
    HwParam param();

    /** Takes away what it forbids. */
    void constrain(HwConstraints constraints);

    /**
     * Anything between two ends, which are included.
     *
     * @param min the least: frames, frames a second, channels or periods
     * @param max the greatest
     */
    record Between(String text, HwParam param, long min, long max) implements CardLimit {
        @Override
        public void constrain(HwConstraints constraints) {
            constraints.minmax(param, min, max);
        }
    }

    /**
     * Some values only.
     *
     * @param values which
     */
    record OneOf(String text, HwParam param, List<Long> values) implements CardLimit {
        /** Copies the list. */
        public OneOf {
            values = List.copyOf(values);
        }

        @Override
        public void constrain(HwConstraints constraints) {
            constraints.list(0, param, values.stream().mapToLong(Long::longValue).toArray());
        }
    }

    /**
     * Some sample formats only.
     *
     * @param mask bits of {@code PcmFormat}
     */
    record Formats(String text, long mask) implements CardLimit {
        @Override
        public HwParam param() {
            return HwParam.FORMAT;
        }

        @Override
        public void constrain(HwConstraints constraints) {
            constraints.mask(HwParam.FORMAT, mask);
        }
    }
}
