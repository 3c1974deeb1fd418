package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a {@code wav} card and the device that plays to and records from them. Owns the
 * files; {@link #close} finishes what was recorded.
 */
final class WavDevice implements Closeable {
    private final List<WavPlaybackOps> outputs = new ArrayList<>();
    private final @Nullable WavFile input;
    private final CardModel model;
    private final CardFiles files;

    /**
     * Opens what is to be read.
     *
     * @throws CardSpecException where the card may not do what the file is
     * @throws IOException where it cannot be read
     */
    WavDevice(CardModel model, CardFiles files) throws IOException {
        this.model = model;
        this.files = files;
        Path in = files.in();
        input = in == null ? null : WavFile.open(in);
    }

    void addTo(Card card, int substreams, StreamFitter fitter) {
        PcmDevice device = card.addDevice("WAV", "WAV file");
        Path out = files.out();
        for (int i = 0; out != null && i < substreams; i++) {
            WavPlaybackOps output = new WavPlaybackOps(model, numbered(out, i));
            outputs.add(output);
            fitter.add(device, PcmStream.PLAYBACK, output);
        }
        if (input != null) {
            CardModel only = model.limited(limits(input.format()));
            for (int i = 0; i < substreams; i++) {
                fitter.add(device, PcmStream.CAPTURE, new WavCaptureOps(only, input));
            }
        }
    }

    /** Only what the file is: nothing is converted. */
    private List<CardLimit> limits(WavFormat format) {
        String text = "in=" + files.in() + " with ";
        return List.of(
                new CardLimit.Formats(text + format.format(), format.format().maskBit()),
                new CardLimit.Between(
                        text + "channels=" + format.channels(),
                        HwParam.CHANNELS,
                        format.channels(),
                        format.channels()),
                new CardLimit.Between(
                        text + "rate=" + format.rate(),
                        HwParam.RATE,
                        format.rate(),
                        format.rate()));
    }

    /** {@code NAME.wav} for the first substream, {@code NAME-sub1.wav} for the next. */
    private static Path numbered(Path path, int substream) {
        return substream == 0 ? path : WavPlaybackOps.beside(path, "-sub" + substream);
    }

    /** Finishes all files; throws what went wrong with the first that failed. Idempotent. */
    @Override
    public void close() throws IOException {
        try (Closer closer = new Closer()) {
            outputs.forEach(output -> closer.add(output::finishFile));
            if (input != null) {
                closer.add(input::close);
            }
        }
    }
}
