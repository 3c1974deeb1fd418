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
    private static final int SUBSTREAMS = 8;

    private LoopbackCard() {}

    /** Makes one. */
    public static Card create(int number, CardClock clock, RegionSource regions) {
        Card card = new Card(number, "Loopback", "Loopback", clock, regions);
        PcmDevice first = card.addDevice("Loopback PCM", "Loopback PCM");
        PcmDevice second = card.addDevice("Loopback PCM", "Loopback PCM");
        for (int i = 0; i < SUBSTREAMS; i++) {
            connect(first, second);
            connect(second, first);
        }
        return card;
    }

    private static void connect(PcmDevice playing, PcmDevice recording) {
        Cable cable = new Cable();
        @Nullable Substream none = null;
        Substream source =
                playing.addSubstream(PcmStream.PLAYBACK, new CableEnd(cable, false, () -> none));
        recording.addSubstream(PcmStream.CAPTURE, new CableEnd(cable, true, () -> source));
    }
}
