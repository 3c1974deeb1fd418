package io.pcmshare.cards;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.ctl.CardDescription;
import io.pcmshare.core.ctl.ControlSet;
import io.pcmshare.core.ctl.Gain;
import io.pcmshare.core.ctl.MasterVolume;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.core.timer.Timers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Makes a card of what was asked for: elements, devices, timers. */
final class CardFactory {
    private final CardSpec spec;
    private final CardClock clock;
    private final RegionSource regions;
    private final Timers timers;
    private final TapFactory taps;

    CardFactory(
            CardSpec spec, CardClock clock, RegionSource regions, Timers timers, TapFactory taps) {
        this.spec = spec;
        this.clock = clock;
        this.regions = regions;
        this.timers = timers;
        this.taps = taps;
    }

    /**
     * Makes it.
     *
     * @param made the cards that there are already, by their numbers; that which a mixer plays on
     *     is one of them
     */
    SoundCard create(int number, CardDescription description, Map<Integer, SoundCard> made)
            throws IOException {
        Card card = new Card(number, description.id(), description.name(), clock, regions);
        ControlSet controls = new ControlSet(card, description);
        Closer owned = new Closer();
        owned.add(() -> timers.removeCard(number));
        try {
            List<TapFactory> listeners = listeners(owned);
            return switch (spec.target()) {
                case CardTarget.Nothing _ -> {
                    MasterVolume volume = add(controls, listeners, owned);
                    yield new SoundCard(spec, controls, volume, owned);
                }
                case CardTarget.Mix mix -> {
                    SoundCard target = Objects.requireNonNull(made.get(mix.card()));
                    yield createMixer(controls, mix, target, listeners, owned);
                }
                case CardTarget.Machine machine -> createHw(controls, machine, listeners, owned);
            };
        } catch (IOException | RuntimeException e) {
            SoundSystem.closing(owned, e);
            throw e;
        }
    }

    /** Adds elements and devices. */
    private MasterVolume add(ControlSet controls, List<TapFactory> listeners, Closer owned)
            throws IOException {
        Card card = controls.card();
        return switch (spec.kind()) {
            case NULL -> {
                MasterVolume volume = MasterVolume.addWithDummyTo(controls);
                addNullDevices(card, fitter(volume, listeners), owned);
                yield volume;
            }
            case LOOPBACK -> {
                var elements = LoopbackCard.addControls(controls, spec.substreams());
                MasterVolume volume = MasterVolume.addTo(controls);
                LoopbackCard.addDevices(card, spec.model(), elements, fitter(volume, listeners));
                yield volume;
            }
            case WAV -> {
                MasterVolume volume = MasterVolume.addTo(controls);
                WavDevice device = new WavDevice(spec.model(), spec.files());
                owned.add(device);
                device.addTo(card, spec.substreams(), fitter(volume, listeners));
                yield volume;
            }
            case MIXER, HW -> throw new IllegalStateException("spec=" + spec);
        };
    }

    private SoundCard createMixer(
            ControlSet controls,
            CardTarget.Mix mix,
            SoundCard target,
            List<TapFactory> listeners,
            Closer owned) {
        Card card = controls.card();
        PcmDevice device = MixerCard.deviceOf(target.card(), card.number(), mix);
        MixFormat format = MixPlan.format(card.number(), mix, spec.model(), target.spec().model());
        Mixdown mixdown = new Mixdown(device, format);
        owned.add(mixdown);
        MasterVolume volume = MasterVolume.addTo(controls);
        CardModel model = MixerCard.model(spec.model(), format);
        boolean captures = device.subdevicesCount(PcmStream.CAPTURE) > 0;
        StreamFitter fitter = fitter(volume, listeners);
        MixerCard.addDevice(card, model, mixdown, spec.substreams(), captures, fitter);
        return new SoundCard(spec.withModel(model), controls, volume, owned);
    }

    private SoundCard createHw(
            ControlSet controls,
            CardTarget.Machine machine,
            List<TapFactory> listeners,
            Closer owned) {
        if (clock instanceof ManualClock) {
            throw new CardSpecException(
                    "Card \"hw:%d\": a card of the machine has a time of its own; it needs the real clock."
                            .formatted(machine.card()));
        }
        MasterVolume volume = MasterVolume.addTo(controls);
        CardModel model =
                new HwCard(spec, machine)
                        .addDevices(controls.card(), fitter(volume, listeners), owned);
        return new SoundCard(spec.withModel(model), controls, volume, owned);
    }

    private void addNullDevices(Card card, StreamFitter fitter, Closer owned) throws IOException {
        CardModel model = spec.model();
        Path mic = spec.files().mic();
        Supplier<PcmOps> microphone = () -> new NullOps(model, true);
        if (mic != null) {
            FileInput input = FileInput.converted(mic, model, spec.files().end());
            owned.add(input);
            microphone = input::driver;
        }
        NullCard.addDevices(card, model, microphone, spec.substreams(), fitter);
    }

    /** Everybody who listens: the one who asked for the card, and its recordings. */
    private List<TapFactory> listeners(Closer owned) throws IOException {
        Path folder = spec.files().record();
        if (folder == null) {
            return List.of(taps);
        }
        Recordings recordings = new Recordings(folder);
        owned.add(recordings);
        return List.of(taps, recordings);
    }

    /**
     * Puts volume and listeners between a stream and its driver, and gives the stream its timer.
     * Listeners hear what comes after the volume.
     */
    private StreamFitter fitter(MasterVolume volume, List<TapFactory> listeners) {
        return (device, stream, driver) -> {
            boolean capture = stream == PcmStream.CAPTURE;
            Gain gain = capture ? volume.capture() : volume.playback();
            PcmOps below = capture ? new VolumeOps(driver, gain, true) : driver;
            TappedOps tapped = new TappedOps(below, listeners, capture);
            PcmOps top = capture ? tapped : new VolumeOps(tapped, gain, false);
            Substream added = device.addSubstream(stream, top);
            tapped.stream(added);
            int card = device.card().number();
            added.observer(timers.addPcm(card, device.number(), capture, added.number()));
            return added;
        };
    }
}
