package io.pcmshare.cards;

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
    private final @Nullable FileInput input;
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
        Path mic = files.mic();
        if (in != null) {
            input = FileInput.exact(in, model, files.end());
        } else {
            input = mic == null ? null : FileInput.converted(mic, model, files.end());
        }
    }

    void addTo(Card card, int substreams, StreamFitter fitter) {
        PcmDevice device = card.addDevice("WAV", "WAV file");
        Path out = files.out();
        for (int i = 0; out != null && i < substreams; i++) {
            WavPlaybackOps output = new WavPlaybackOps(model, numbered(out, i));
            outputs.add(output);
            fitter.add(device, PcmStream.PLAYBACK, output);
        }
        for (int i = 0; input != null && i < substreams; i++) {
            fitter.add(device, PcmStream.CAPTURE, input.driver());
        }
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
                closer.add(input);
            }
        }
    }
}
