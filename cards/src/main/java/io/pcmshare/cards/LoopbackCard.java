package io.pcmshare.cards;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.core.pcm.Substream;

import org.jspecify.annotations.Nullable;

/**
 * A card with two devices and a cable between them: what substream N of one plays, substream N of
 * the other records. As the kernel's snd-aloop.
 */
public final class LoopbackCard {
    private LoopbackCard() {}

    /** Makes one. */
    public static Card create(int number, CardClock clock, RegionSource regions) {
        Card card = new Card(number, "Loopback", "Loopback", clock, regions);
        CardModel model = CardModels.of(CardKind.LOOPBACK);
        addDevices(card, model, CardKind.LOOPBACK.substreams(), StreamFitter.PLAIN);
        return card;
    }

    static void addDevices(Card card, CardModel model, int substreams, StreamFitter fitter) {
        PcmDevice first = card.addDevice("Loopback PCM", "Loopback PCM");
        PcmDevice second = card.addDevice("Loopback PCM", "Loopback PCM");
        for (int i = 0; i < substreams; i++) {
            connect(first, second, model, fitter);
            connect(second, first, model, fitter);
        }
    }

    private static void connect(
            PcmDevice playing, PcmDevice recording, CardModel model, StreamFitter fitter) {
        Cable cable = new Cable();
        @Nullable Substream none = null;
        CableEnd player = new CableEnd(model, cable, false, () -> none);
        Substream source = fitter.add(playing, PcmStream.PLAYBACK, player);
        CableEnd recorder = new CableEnd(model, cable, true, () -> source);
        fitter.add(recording, PcmStream.CAPTURE, recorder);
    }
}
