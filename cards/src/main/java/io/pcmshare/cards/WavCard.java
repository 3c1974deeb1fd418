package io.pcmshare.cards;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;
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
    private final @Nullable WavPlaybackOps playback;
    private final @Nullable WavFile input;

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
        input = in == null ? null : WavFile.open(in);
        card = new Card(number, "WAV", "WAV file", clock, regions);
        PcmDevice device = card.addDevice("WAV", "WAV file");
        if (out == null) {
            playback = null;
        } else {
            playback = new WavPlaybackOps(out);
            device.addSubstream(PcmStream.PLAYBACK, playback);
        }
        if (input != null) {
            device.addSubstream(PcmStream.CAPTURE, new WavCaptureOps(input));
        }
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
        if (input != null) {
            input.close();
        }
        if (playback != null) {
            playback.finishFile();
        }
    }
}
