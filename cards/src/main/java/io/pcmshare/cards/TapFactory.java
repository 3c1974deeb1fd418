package io.pcmshare.cards;

import io.pcmshare.core.pcm.Substream;

import org.jspecify.annotations.Nullable;

/** Told of each stream that somebody opens. */
@FunctionalInterface
public interface TapFactory {
    /** Listens to nobody. */
    TapFactory NONE = stream -> null;

    /**
     * A stream was opened; called under the card's lock.
     *
     * @return who listens to it until it is closed; {@code null} for nobody
     */
    @Nullable StreamTap opened(Substream stream);
}
