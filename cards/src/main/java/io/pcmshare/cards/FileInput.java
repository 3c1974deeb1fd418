package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.core.pcm.PcmOps;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A WAV file that a card records from, and what it leaves of what the card can do. Owns the file.
 */
final class FileInput implements Closeable {
    private final WavFile file;
    private final CardModel model;
    private final boolean repeats;

    private FileInput(WavFile file, CardModel model, boolean repeats) {
        this.file = file;
        this.model = model;
        this.repeats = repeats;
    }

    /**
     * {@code in=FILE}: what the file is and nothing else, so that no sample is converted.
     *
     * @throws CardSpecException where the card may not do what the file is
     * @throws IOException where it cannot be read
     */
    static FileInput exact(Path path, CardModel model, MicEnd end) throws IOException {
        return open(
                path,
                end,
                file -> {
                    WavFormat format = file.format();
                    String text = "in=" + path + " with ";
                    return model.limited(
                            List.of(
                                    new CardLimit.Formats(
                                            text + format.format(), format.format().maskBit()),
                                    channels(text, format.channels()),
                                    rate(text, format.rate())));
                });
    }

    /**
     * {@code mic=FILE}: the file's rate and, of more than one, its number of channels; every format
     * of the card. A file of one channel goes to as many as are asked for; of one with more
     * channels than the card has, the first are heard.
     *
     * @throws CardSpecException where the card cannot do the file's rate
     * @throws IOException where it cannot be read
     */
    static FileInput converted(Path path, CardModel model, MicEnd end) throws IOException {
        return open(
                path,
                end,
                file -> {
                    WavFormat format = file.format();
                    String text = "mic=" + path + " with ";
                    List<CardLimit> limits = new ArrayList<>();
                    limits.add(rate(text, format.rate()));
                    CardLimit channels = channels(text, format.channels());
                    if (format.channels() > 1 && model.allows(channels)) {
                        limits.add(channels);
                    }
                    return model.limited(limits);
                });
    }

    @FunctionalInterface
    private interface Narrowing {
        CardModel limited(WavFile file);
    }

    private static FileInput open(Path path, MicEnd end, Narrowing narrowing) throws IOException {
        WavFile file = WavFile.open(path);
        try {
            return new FileInput(file, narrowing.limited(file), end == MicEnd.REPEAT);
        } catch (CardSpecException e) {
            file.close();
            throw e;
        }
    }

    private static CardLimit channels(String text, int channels) {
        return new CardLimit.Between(
                text + "channels=" + channels, HwParam.CHANNELS, channels, channels);
    }

    private static CardLimit rate(String text, int rate) {
        return new CardLimit.Between(text + "rate=" + rate, HwParam.RATE, rate, rate);
    }

    /** The driver of a substream that records from it. */
    PcmOps driver() {
        return new FileInputOps(new NullOps(model, true), file, repeats);
    }

    @Override
    public void close() {
        file.close();
    }
}
