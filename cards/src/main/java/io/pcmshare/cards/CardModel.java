package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.params.PcmHardware;

import java.util.List;

/**
 * What a kind of card can do, as data.
 *
 * @param name as users say it
 * @param hardware the bounds
 * @param integers intervals that hold integers only
 * @param bounds further bounds, which a driver adds while a substream opens
 */
public record CardModel(
        String name, PcmHardware hardware, List<HwParam> integers, List<Bound> bounds) {
    /**
     * A further bound.
     *
     * @param param of what
     * @param min lower end
     * @param max upper end
     */
    public record Bound(HwParam param, long min, long max) {}

    /** Copies the lists. */
    public CardModel {
        integers = List.copyOf(integers);
        bounds = List.copyOf(bounds);
    }

    /** A model that is nothing but its bounds. */
    public static CardModel of(String name, PcmHardware hardware) {
        return new CardModel(name, hardware, List.of(), List.of());
    }

    void constrain(HwConstraints constraints) {
        integers.forEach(constraints::integer);
        bounds.forEach(bound -> constraints.minmax(bound.param(), bound.min(), bound.max()));
    }
}
