package io.pcmshare.server.config;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.cards.CardSpec;

import org.jspecify.annotations.Nullable;

/**
 * A card of a server, and what is mixed for it.
 *
 * @param text as it was written
 * @param spec what that means
 * @param periodFrames how often it is looked after; 0 for what suits it
 * @param rate of the mix, in frames a second; 0 for what suits it
 * @param channels of the mix; 0 for what suits it
 * @param format of the mix; {@code null} for what suits it
 * @param shared whether streams may be mixed on it
 * @param exclusive whether one stream may have it alone
 */
public record CardConfig(
        String text,
        CardSpec spec,
        int periodFrames,
        int rate,
        int channels,
        @Nullable PcmFormat format,
        boolean shared,
        boolean exclusive) {
    /**
     * A card with nothing said about its mix.
     *
     * @throws io.pcmshare.cards.CardSpecException with a sentence on what is wrong
     */
    public static CardConfig of(String text) {
        return new CardConfig(text, CardSpec.parse(text), 0, 0, 0, null, true, true);
    }
}
