package io.pcmshare.cards;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.RegionSource;

import java.util.function.Supplier;

/** A card that plays nowhere and records silence, with the constraints of snd-dummy. */
public final class NullCard {
    private NullCard() {}

    /** Makes one. */
    public static Card create(int number, CardClock clock, RegionSource regions) {
        return create(number, clock, regions, DummyModels.DEFAULT);
    }

    /** Makes one that can do what {@code model} says. */
    public static Card create(int number, CardClock clock, RegionSource regions, CardModel model) {
        Card card = new Card(number, "Dummy", "Dummy", clock, regions);
        Supplier<PcmOps> silence = () -> new NullOps(model, true);
        addDevices(card, model, silence, CardKind.NULL.substreams(), StreamFitter.PLAIN);
        return card;
    }

    /**
     * Adds its device.
     *
     * @param microphone makes the driver of a stream that records
     */
    static void addDevices(
            Card card,
            CardModel model,
            Supplier<PcmOps> microphone,
            int substreams,
            StreamFitter fitter) {
        PcmDevice device = card.addDevice("Dummy PCM", "Dummy PCM");
        for (int i = 0; i < substreams; i++) {
            fitter.add(device, PcmStream.PLAYBACK, new NullOps(model, false));
            fitter.add(device, PcmStream.CAPTURE, microphone.get());
        }
    }
}
