package io.pcmshare.cards;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.ctl.CardDescription;
import io.pcmshare.core.ctl.ControlSet;
import io.pcmshare.core.ctl.Gain;
import io.pcmshare.core.ctl.MasterVolume;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.core.timer.Timers;

import java.util.List;

/**
 * What makes a machine's sound of a card whose drivers are somebody else's: elements that are
 * heard, and a timer for each stream. The card stays its owner's.
 *
 * <p>Threads: made by one; what it hands out says for itself.
 */
public final class HostedCard {
    private final SoundCard card;
    private final Timers timers;
    private final SoundSystem system;

    /** Of a card without devices. */
    public HostedCard(Card of, CardDescription description) {
        timers = new Timers(of.clock());
        ControlSet controls = new ControlSet(of, description);
        MasterVolume volume = MasterVolume.addTo(controls);
        card = new SoundCard(CardSpec.parse("null"), controls, volume, new Closer());
        system = new SoundSystem(List.of(card), timers, new Closer());
    }

    /** Adds a stream to one of its devices, with the card's volume before its driver. */
    public Substream addSubstream(PcmDevice device, PcmStream stream, PcmOps driver) {
        boolean capture = stream == PcmStream.CAPTURE;
        Gain gain = capture ? card.volume().capture() : card.volume().playback();
        Substream added = device.addSubstream(stream, new VolumeOps(driver, gain, capture));
        int number = card.card().number();
        added.observer(timers.addPcm(number, device.number(), capture, added.number()));
        return added;
    }

    /** A machine with this card alone; closing it changes nothing. */
    public SoundSystem system() {
        return system;
    }
}
