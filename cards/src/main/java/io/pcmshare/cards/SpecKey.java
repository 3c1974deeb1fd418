package io.pcmshare.cards;

import static io.pcmshare.cards.CardKind.HW;
import static io.pcmshare.cards.CardKind.LOOPBACK;
import static io.pcmshare.cards.CardKind.MIXER;
import static io.pcmshare.cards.CardKind.NULL;
import static io.pcmshare.cards.CardKind.WAV;

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
    MIC(NULL, WAV, LOOPBACK),
    MIC_END(NULL, WAV, LOOPBACK),
    MODEL(NULL),
    OUT(WAV),
    IN(WAV),
    OF(MIXER),
    FORMAT(MIXER),
    CARD(HW),
    DEVICE(HW);

    /** A bit for each kind. */
    private final int kinds;

    /** One that all kinds have. */
    SpecKey() {
        this(CardKind.values());
    }

    SpecKey(CardKind... kinds) {
        this.kinds = Arrays.stream(kinds).mapToInt(SpecKey::bit).sum();
    }

    private static int bit(CardKind kind) {
        return 1 << kind.ordinal();
    }

    /** As users say it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those that a kind of card has. */
    static List<SpecKey> of(CardKind kind) {
        return Arrays.stream(values()).filter(key -> (key.kinds & bit(kind)) != 0).toList();
    }
}
