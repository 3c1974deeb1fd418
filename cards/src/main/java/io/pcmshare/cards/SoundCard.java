package io.pcmshare.cards;

import io.pcmshare.core.ctl.ControlSet;
import io.pcmshare.core.ctl.MasterVolume;
import io.pcmshare.core.pcm.Card;

import java.io.Closeable;
import java.io.IOException;

/**
 * A card of a {@link SoundSystem}: its devices and its elements. Owns the files that it plays to
 * and records from; {@link #close} finishes them.
 */
public final class SoundCard implements Closeable {
    private final CardSpec spec;
    private final ControlSet controls;
    private final MasterVolume volume;
    private final Closer owned;

    SoundCard(CardSpec spec, ControlSet controls, MasterVolume volume, Closer owned) {
        this.spec = spec;
        this.controls = controls;
        this.volume = volume;
        this.owned = owned;
    }

    /** What was asked for. */
    public CardSpec spec() {
        return spec;
    }

    /** Its devices, its clock, its lock. */
    public Card card() {
        return controls.card();
    }

    /** Its elements. */
    public ControlSet controls() {
        return controls;
    }

    /** How loud it is, as its elements say. */
    public MasterVolume volume() {
        return volume;
    }

    /**
     * Unplugs the card, so that every stream still open stops and every call answers {@code
     * ENODEV}, and finishes the files. Idempotent.
     *
     * @throws IOException what went wrong while recording, a full disk for one
     */
    @Override
    public void close() throws IOException {
        card().disconnect();
        controls.disconnect();
        owned.close();
    }
}
