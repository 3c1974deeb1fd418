package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.mix.Samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Which card a mixer plays on, and as what. */
final class MixPlan {
    private static final long RATE = 48_000;
    private static final long CHANNELS = 2;
    private static final int MOST_CHANNELS = 32;

    /** Where a card has not the rate that is wished for, it probably has one of these. */
    private static final long[] RATES = {
        8000, 11_025, 16_000, 22_050, 32_000, 44_100, 64_000, 88_200, 96_000, 176_400, 192_000
    };

    private MixPlan() {}

    /**
     * The numbers of cards in an order in which each comes behind the one that it plays on, which
     * may have a smaller or a greater number.
     *
     * @throws CardSpecException where there is no such order, or no such card
     */
    static List<Integer> order(List<CardSpec> specs) {
        List<Integer> order = new ArrayList<>();
        for (int card = 0; card < specs.size(); card++) {
            List<Integer> chain = new ArrayList<>();
            for (int next = card; !order.contains(next); ) {
                chain.add(next);
                if (!(specs.get(next).target() instanceof CardTarget.Mix mix)) {
                    break;
                }
                check(next, mix, chain, specs.size());
                next = mix.card();
            }
            order.addAll(chain.reversed());
        }
        return order;
    }

    private static void check(int card, CardTarget.Mix mix, List<Integer> chain, int cards) {
        if (mix.card() >= cards) {
            throw refuse(
                    card,
                    mix,
                    "there is no card " + mix.card() + ", the last one is " + (cards - 1));
        }
        if (mix.card() == card) {
            throw refuse(card, mix, "that is the mixer itself");
        }
        if (chain.contains(mix.card())) {
            throw refuse(
                    card, mix, "that card plays on this one, so that nobody would ever hear it");
        }
    }

    static CardSpecException refuse(int card, CardTarget.Mix mix, String why) {
        return new CardSpecException(
                "Card %d, a mixer of=%d: %s.".formatted(card, mix.card(), why));
    }

    /** The card and what it is asked to play: in which order of preference, as which limit. */
    private record Wish(int card, CardTarget.Mix mix, CardModel mixer) {
        private static CardLimit exactly(HwParam param, long value) {
            return new CardLimit.Between(param + "=" + value, param, value, value);
        }

        /** The rate that is nearest to what most programs play. */
        long rate(CardModel target) {
            return LongStream.concat(LongStream.of(RATE), LongStream.of(RATES))
                    .boxed()
                    .sorted(Comparator.comparingLong(rate -> Math.abs(rate - RATE)))
                    .filter(rate -> mixer.allows(exactly(HwParam.RATE, rate)))
                    .filter(rate -> target.allows(exactly(HwParam.RATE, rate)))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    cannot(
                                            "rate=" + mixer.range(HwParam.RATE),
                                            target,
                                            HwParam.RATE));
        }

        long channels(CardModel target) {
            LongStream wanted =
                    mix.channels() == 0
                            ? LongStream.rangeClosed(1, MOST_CHANNELS)
                            : LongStream.of(mix.channels());
            return wanted.boxed()
                    .sorted(Comparator.comparingLong(n -> Math.abs(n - CHANNELS)))
                    .filter(n -> target.allows(exactly(HwParam.CHANNELS, n)))
                    .findFirst()
                    .orElseThrow(
                            () -> cannot("channels=" + mix.channels(), target, HwParam.CHANNELS));
        }

        /** S16_LE, which most programs play, before the widest. */
        PcmFormat format(CardModel target) {
            PcmFormat only = mix.format();
            Stream<PcmFormat> wanted =
                    only == null ? Arrays.stream(PcmFormat.values()) : Stream.of(only);
            return wanted.filter(Samples::areNumbers)
                    .filter(f -> target.allows(new CardLimit.Formats(f.name(), f.maskBit())))
                    .min(
                            Comparator.comparing((PcmFormat f) -> f != PcmFormat.S16_LE)
                                    .thenComparingInt(f -> -f.width())
                                    .thenComparing(PcmFormat::isBigEndian))
                    .orElseThrow(
                            () ->
                                    cannot(
                                            only == null ? "any format" : "format=" + only,
                                            target,
                                            HwParam.FORMAT));
        }

        private CardSpecException cannot(String wish, CardModel target, HwParam param) {
            return refuse(
                    card, mix, wish + " is nothing that card plays (" + target.range(param) + ")");
        }
    }

    /**
     * What a mix is: as it was asked for, or as near to 48 kHz, stereo and S16_LE as the other card
     * can play.
     *
     * @param card the mixer's number
     * @param mixer what the mixer was asked to be
     * @param target what the other card can do
     * @throws CardSpecException where the other card cannot play what was asked for
     */
    static MixFormat format(int card, CardTarget.Mix mix, CardModel mixer, CardModel target) {
        Wish wish = new Wish(card, mix, mixer);
        long rate = wish.rate(target);
        CardModel rated = target.limited(List.of(Wish.exactly(HwParam.RATE, rate)));
        long channels = wish.channels(rated);
        CardModel shaped = rated.limited(List.of(Wish.exactly(HwParam.CHANNELS, channels)));
        return new MixFormat(wish.format(shaped), (int) channels, (int) rate);
    }
}
