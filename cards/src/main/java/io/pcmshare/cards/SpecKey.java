package io.pcmshare.cards;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be said of a card. */
enum SpecKey {
    ID,
    NAME,
    SUBSTREAMS,
    RATE,
    FORMATS,
    CHANNELS,
    PERIOD,
    BUFFER,
    PERIODS,
    RECORD,
    MIC,
    MIC_END,
    MODEL(CardKind.NULL),
    OUT(CardKind.WAV),
    IN(CardKind.WAV);

    /** The only kind that has it; {@code null} where all have. */
    private final @Nullable CardKind only;

    SpecKey() {
        this.only = null;
    }

    SpecKey(CardKind only) {
        this.only = only;
    }

    /** As users say it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those that a kind of card has. */
    static List<SpecKey> of(CardKind kind) {
        return Arrays.stream(values()).filter(key -> key.only == null || key.only == kind).toList();
    }
}
