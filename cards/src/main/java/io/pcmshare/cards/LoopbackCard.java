package io.pcmshare.cards;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.ctl.ControlSet;
import io.pcmshare.core.ctl.LoopbackControls;
import io.pcmshare.core.ctl.LoopbackElements;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.core.pcm.Substream;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A card with two devices and a cable between them: what substream N of one plays, substream N of
 * the other records. As the kernel's snd-aloop.
 */
public final class LoopbackCard {
    private static final int DEVICES = 2;

    private LoopbackCard() {}

    /** Makes one whose elements nobody sees. */
    public static Card create(int number, CardClock clock, RegionSource regions) {
        Card card = new Card(number, "Loopback", "Loopback", clock, regions);
        ControlSet controls = new ControlSet(card, LoopbackControls.description());
        addDevices(
                card,
                CardModels.of(CardKind.LOOPBACK),
                addControls(controls, CardKind.LOOPBACK.substreams()),
                StreamFitter.PLAIN);
        return card;
    }

    /** Adds the elements of all cables. */
    static List<List<LoopbackElements>> addControls(ControlSet controls, int substreams) {
        return LoopbackControls.addTo(controls, DEVICES, substreams);
    }

    /**
     * Adds the devices.
     *
     * @param elements of each cable, by the device and the substream that records
     */
    static void addDevices(
            Card card,
            CardModel model,
            List<List<LoopbackElements>> elements,
            StreamFitter fitter) {
        PcmDevice first = card.addDevice("Loopback PCM", "Loopback PCM");
        PcmDevice second = card.addDevice("Loopback PCM", "Loopback PCM");
        for (LoopbackElements recordedOnSecond : elements.getLast()) {
            new Ends(model, new Cable(recordedOnSecond)).connect(first, second, fitter);
        }
        for (LoopbackElements recordedOnFirst : elements.getFirst()) {
            new Ends(model, new Cable(recordedOnFirst)).connect(second, first, fitter);
        }
    }

    /** The two ends of a cable, which know each other. */
    private static final class Ends {
        private final CableEnd player;
        private final CableEnd recorder;
        private @Nullable Substream playing;
        private @Nullable Substream recording;

        Ends(CardModel model, Cable cable) {
            player = new CableEnd(model, cable, false, () -> recording);
            recorder = new CableEnd(model, cable, true, () -> playing);
        }

        void connect(PcmDevice from, PcmDevice to, StreamFitter fitter) {
            playing = fitter.add(from, PcmStream.PLAYBACK, player);
            recording = fitter.add(to, PcmStream.CAPTURE, recorder);
        }
    }
}
