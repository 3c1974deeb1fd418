package io.pcmshare.cards;

import static io.pcmshare.cards.CardKind.HW;
import static io.pcmshare.cards.CardKind.LOOPBACK;
import static io.pcmshare.cards.CardKind.MIXER;
import static io.pcmshare.cards.CardKind.NULL;
import static io.pcmshare.cards.CardKind.WAV;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
    MIC(NULL, WAV, LOOPBACK),
    MIC_END(NULL, WAV, LOOPBACK),
    MODEL(NULL),
    OUT(WAV),
    IN(WAV),
    OF(MIXER),
    FORMAT(MIXER),
    CARD(HW),
    DEVICE(HW);

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<CardKind> kinds;

    /** One that all kinds have. */
    SpecKey() {
        this(CardKind.values());
    }

    SpecKey(CardKind... kinds) {
        this.kinds = Set.of(kinds);
    }

    /** As users say it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those that a kind of card has. */
    static List<SpecKey> of(CardKind kind) {
        return Arrays.stream(values()).filter(key -> key.kinds.contains(kind)).toList();
    }
}
