package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;

import java.util.List;

/** A card whose streams are mixed into one, which is played on another card. */
final class MixerCard {
    private MixerCard() {}

    /**
     * The first device of a card.
     *
     * @throws CardSpecException where it has no playback
     */
    static PcmDevice deviceOf(Card target, int mixer, CardTarget.Mix mix) {
        List<PcmDevice> devices = target.devices();
        if (devices.isEmpty() || devices.getFirst().subdevicesCount(PcmStream.PLAYBACK) == 0) {
            throw MixPlan.refuse(mixer, mix, "that card plays nothing");
        }
        return devices.getFirst();
    }

    /** What those who play on a mixer can choose: anything, at the rate of the mix. */
    static CardModel model(CardModel asked, MixFormat mix) {
        long rate = mix.rate();
        return asked.limited(
                List.of(new CardLimit.Between("rate=" + rate, HwParam.RATE, rate, rate)));
    }

    /**
     * Adds its device.
     *
     * @param captures whether the other card records: those who record here hear all the same
     */
    static void addDevice(
            Card card,
            CardModel model,
            Mixdown mixdown,
            int substreams,
            boolean captures,
            StreamFitter fitter) {
        PcmDevice device = card.addDevice("Mixer PCM", "Mixer PCM");
        for (int i = 0; i < substreams; i++) {
            MixerOps ops = new MixerOps(model, mixdown);
            ops.stream(fitter.add(device, PcmStream.PLAYBACK, ops));
        }
        for (int i = 0; captures && i < substreams; i++) {
            MixerCaptureOps ops = new MixerCaptureOps(model, mixdown);
            ops.stream(fitter.add(device, PcmStream.CAPTURE, ops));
        }
    }
}
