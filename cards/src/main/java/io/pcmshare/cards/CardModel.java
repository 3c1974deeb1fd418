package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.params.HwRefinement;
import io.pcmshare.core.params.Interval;
import io.pcmshare.core.params.PcmHardware;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a kind of card can do, as data.
 *
 * @param name as users say it
 * @param hardware the bounds
 * @param integers intervals that hold integers only
 * @param bounds further bounds, which a driver adds while a substream opens
 * @param limits what the user took away
 */
public record CardModel(
        String name,
        PcmHardware hardware,
        List<HwParam> integers,
        List<Bound> bounds,
        List<CardLimit> limits) {
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
        limits = List.copyOf(limits);
    }

    /** A model that nobody limited. */
    public CardModel(
            String name, PcmHardware hardware, List<HwParam> integers, List<Bound> bounds) {
        this(name, hardware, integers, bounds, List.of());
    }

    /** A model that is nothing but its bounds. */
    public static CardModel of(String name, PcmHardware hardware) {
        return new CardModel(name, hardware, List.of(), List.of());
    }

    /**
     * The same with less to choose from.
     *
     * @throws CardSpecException where one of the limits leaves nothing
     */
    public CardModel limited(List<CardLimit> newLimits) {
        CardModel limited = this;
        for (CardLimit limit : newLimits) {
            if (!limited.allows(limit)) {
                throw new CardSpecException(
                        limit.text()
                                + " leaves nothing of what the card can do ("
                                + limited.range(limit.param())
                                + ").");
            }
            List<CardLimit> all = new ArrayList<>(limited.limits);
            all.add(limit);
            limited = new CardModel(name, hardware, integers, bounds, all);
        }
        return limited;
    }

    /** Whether something is left with one limit more. */
    boolean allows(CardLimit limit) {
        List<CardLimit> all = new ArrayList<>(limits);
        all.add(limit);
        return new CardModel(name, hardware, integers, bounds, all).refine(new HwParamSpace());
    }

    /** What there is to choose from, for people. */
    String range(HwParam param) {
        HwParamSpace space = new HwParamSpace();
        if (!refine(space)) {
            return "nothing";
        }
        if (param.isMask()) {
            return Arrays.stream(PcmFormat.values())
                    .filter(format -> (space.mask(param) & format.maskBit()) != 0)
                    .map(Enum::name)
                    .collect(Collectors.joining(", "));
        }
        Interval interval = space.interval(param);
        return interval.min() == interval.max()
                ? String.valueOf(interval.min())
                : interval.min() + "-" + interval.max();
    }

    /** Whether a stream could still have all of this. */
    boolean refine(HwParamSpace space) {
        HwConstraints constraints = hardware.constraints();
        constrain(constraints);
        hardware.completeInto(constraints);
        return new HwRefinement(hardware, constraints).refine(space) == 0;
    }

    void constrain(HwConstraints constraints) {
        integers.forEach(constraints::integer);
        bounds.forEach(bound -> constraints.minmax(bound.param(), bound.min(), bound.max()));
        limits.forEach(limit -> limit.constrain(constraints));
    }
}
