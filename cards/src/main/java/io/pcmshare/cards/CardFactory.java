package io.pcmshare.cards;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.ctl.CardDescription;
import io.pcmshare.core.ctl.ControlSet;
import io.pcmshare.core.ctl.LoopbackControls;
import io.pcmshare.core.ctl.MasterVolume;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.core.timer.Timers;

import java.io.IOException;

/** Makes a card of what was asked for: elements, devices, timers. */
final class CardFactory {
    private static final int LOOPBACK_DEVICES = 2;

    private final CardSpec spec;
    private final CardClock clock;
    private final RegionSource regions;
    private final Timers timers;

    CardFactory(CardSpec spec, CardClock clock, RegionSource regions, Timers timers) {
        this.spec = spec;
        this.clock = clock;
        this.regions = regions;
        this.timers = timers;
    }

    SoundCard create(int number, CardDescription description) throws IOException {
        Card card = new Card(number, description.id(), description.name(), clock, regions);
        ControlSet controls = new ControlSet(card, description);
        MasterVolume volume = addControls(controls);
        Closer owned = new Closer();
        try {
            addDevices(card, owned);
        } catch (IOException | RuntimeException e) {
            SoundSystem.closing(owned, e);
            throw e;
        }
        return new SoundCard(spec, controls, volume, owned);
    }

    private MasterVolume addControls(ControlSet controls) {
        return switch (spec.kind()) {
            case NULL -> MasterVolume.addWithDummyTo(controls);
            case LOOPBACK -> {
                LoopbackControls.addTo(controls, LOOPBACK_DEVICES, spec.substreams());
                yield MasterVolume.addTo(controls);
            }
            case WAV -> MasterVolume.addTo(controls);
            case MIXER, HW -> throw notThere();
        };
    }

    private void addDevices(Card card, Closer owned) throws IOException {
        switch (spec.kind()) {
            case NULL -> NullCard.addDevices(card, spec.model(), spec.substreams(), this::add);
            case LOOPBACK ->
                    LoopbackCard.addDevices(card, spec.model(), spec.substreams(), this::add);
            case WAV -> {
                WavDevice device = new WavDevice(spec.model(), spec.files());
                owned.add(device);
                device.addTo(card, spec.substreams(), this::add);
            }
            case MIXER, HW -> throw notThere();
        }
    }

    private Substream add(PcmDevice device, PcmStream stream, PcmOps ops) {
        Substream added = device.addSubstream(stream, ops);
        added.observer(
                timers.addPcm(
                        device.card().number(),
                        device.number(),
                        added.isCapture(),
                        added.number()));
        return added;
    }

    private CardSpecException notThere() {
        return new CardSpecException("Cards of kind " + spec.kind().word() + " are not there yet.");
    }
}
