package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a mix is.
 *
 * @param format of its samples
 * @param channels samples in a frame
 * @param rate frames a second
 */
public record MixFormat(PcmFormat format, int channels, int rate) {
    /**
     * What a card can play, or record, that is next to what somebody wishes.
     *
     * @param rate frames a second; 0 for 48 kHz or what is next to that
     * @param channels 0 for two, or what is next to that
     * @param format {@code null} for {@code S16_LE}, or the best that there is
     * @throws CardSpecException in a sentence, where it cannot do what was wished
     */
    public static MixFormat nearest(
            SoundCard card, int rate, int channels, @Nullable PcmFormat format) {
        CardModel any = CardModels.of(CardKind.MIXER);
        if (rate > 0) {
            any =
                    any.limited(
                            List.of(
                                    new CardLimit.Between(
                                            "rate=" + rate, HwParam.RATE, rate, rate)));
        }
        int number = card.card().number();
        return MixPlan.format(
                number, new CardTarget.Mix(number, channels, format), any, card.spec().model());
    }
}
