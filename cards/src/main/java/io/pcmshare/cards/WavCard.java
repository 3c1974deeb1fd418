package io.pcmshare.cards;

import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.RegionSource;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A card whose output is a WAV file and whose input comes from one. Owns both files; {@link #close}
 * finishes what was recorded.
 */
public final class WavCard implements AutoCloseable {
    private final Card card;
    private final WavDevice device;

    /**
     * Makes one.
     *
     * @param out the file to write what is played to; {@code null} for no playback
     * @param in the file to record from; {@code null} for no capture
     * @throws IOException where {@code in} cannot be read
     */
    public WavCard(
            int number,
            CardClock clock,
            RegionSource regions,
            @Nullable Path out,
            @Nullable Path in)
            throws IOException {
        if (out == null && in == null) {
            throw new IllegalArgumentException("out=null, in=null");
        }
        device = new WavDevice(CardModels.of(CardKind.WAV), CardFiles.of(out, in));
        card = new Card(number, "WAV", "WAV file", clock, regions);
        device.addTo(card, 1, StreamFitter.PLAIN);
    }

    /** The card itself. */
    public Card card() {
        return card;
    }

    /**
     * Finishes the files; only after every stream is closed.
     *
     * @throws IOException what went wrong while recording, a full disk for one
     */
    @Override
    public void close() throws IOException {
        device.close();
    }
}
