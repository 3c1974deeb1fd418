package io.pcmshare.cards;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * Where a card's sound goes and comes from.
 *
 * @param out the WAV file that a {@code wav} card plays to
 * @param in the WAV file that a {@code wav} card records from
 */
public record CardFiles(@Nullable Path out, @Nullable Path in) {
    /** None. */
    public static final CardFiles NONE = new CardFiles(null, null);
}
