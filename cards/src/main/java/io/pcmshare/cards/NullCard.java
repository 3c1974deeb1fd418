package io.pcmshare.cards;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.RegionSource;

/** A card that plays nowhere and records silence, with the constraints of snd-dummy. */
public final class NullCard {
    private static final int SUBSTREAMS = 8;

    private NullCard() {}

    /** Makes one. */
    public static Card create(int number, CardClock clock, RegionSource regions) {
        return create(number, clock, regions, DummyModels.DEFAULT);
    }

    /** Makes one that can do what {@code model} says. */
    public static Card create(int number, CardClock clock, RegionSource regions, CardModel model) {
        Card card = new Card(number, "Dummy", "Dummy", clock, regions);
        PcmDevice device = card.addDevice("Dummy PCM", "Dummy PCM");
        for (int i = 0; i < SUBSTREAMS; i++) {
            device.addSubstream(PcmStream.PLAYBACK, new NullOps(model, false));
            device.addSubstream(PcmStream.CAPTURE, new NullOps(model, true));
        }
        return card;
    }
}
