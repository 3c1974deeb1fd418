package io.pcmshare.cards;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * Where a card's sound goes and comes from.
 *
 * @param out the WAV file that a {@code wav} card plays to
 * @param in the WAV file that a {@code wav} card records from, as it is
 * @param record the folder to keep what each stream played in
 * @param mic the WAV file that stands for the microphone, converted to what is asked for
 * @param end what comes after the file that is recorded from
 */
public record CardFiles(
        @Nullable Path out,
        @Nullable Path in,
        @Nullable Path record,
        @Nullable Path mic,
        MicEnd end) {
    /** None. */
    public static final CardFiles NONE = new CardFiles(null, null, null, null, MicEnd.SILENCE);

    /** The files of a {@code wav} card. */
    public static CardFiles of(@Nullable Path out, @Nullable Path in) {
        return new CardFiles(out, in, null, null, MicEnd.SILENCE);
    }
}
