package io.pcmshare.server.config;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.cards.CardSpec;
import io.pcmshare.cards.CardSpecException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the cards of a server's file. */
final class CardReader {
    private static final int MIN_PERIOD = 16;
    private static final int MAX_PERIOD = 65_536;
    private static final int MIN_RATE = 1000;
    private static final int MAX_RATE = 768_000;
    private static final int MAX_CHANNELS = 32;

    /** What a mix can be. */
    private static final List<PcmFormat> FORMATS =
            List.of(
                    PcmFormat.S16_LE,
                    PcmFormat.S24_LE,
                    PcmFormat.S24_3LE,
                    PcmFormat.S32_LE,
                    PcmFormat.FLOAT_LE);

    private final Problems problems;
    private final Map<Path, Integer> written = new HashMap<>();

    CardReader(Problems problems) {
        this.problems = problems;
    }

    List<CardConfig> readAll(List<Section> sections) {
        List<CardConfig> cards = new ArrayList<>();
        for (Section section : sections) {
            CardConfig card = read(section, cards.size());
            if (card != null) {
                cards.add(card);
            }
        }
        return cards;
    }

    private @Nullable CardConfig read(Section section, int number) {
        String text = section.text("spec", "wav:out=heard.wav");
        int period = section.number("period-frames", MIN_PERIOD, MAX_PERIOD, 0);
        int rate = section.number("rate", MIN_RATE, MAX_RATE, 0);
        int channels = section.number("channels", 1, MAX_CHANNELS, 0);
        PcmFormat format = section.word("format", FORMATS);
        boolean shared = section.flag("shared", true);
        boolean exclusive = section.flag("exclusive", true);
        section.close();
        if (!shared && !exclusive) {
            section.wrong("exclusive", "a card that is neither shared nor exclusive is of no use.");
        }
        if (!section.has("spec")) {
            problems.missing(section.place(), "the card does not say what it is: spec = \"null\".");
        }
        CardSpec spec = text == null ? null : spec(section, text, number);
        return text == null || spec == null
                ? null
                : new CardConfig(text, spec, period, rate, channels, format, shared, exclusive);
    }

    private @Nullable CardSpec spec(Section section, String text, int number) {
        CardSpec spec;
        try {
            spec = CardSpec.parse(text);
        } catch (CardSpecException e) {
            section.wrong("spec", String.valueOf(e.getMessage()));
            return null;
        }
        checkRead(section, spec.files().in());
        checkRead(section, spec.files().mic());
        Path out = spec.files().out();
        if (out != null) {
            Integer other = written.putIfAbsent(out.toAbsolutePath().normalize(), number);
            if (other != null) {
                section.wrong("spec", "card " + other + " writes the file " + out + " already.");
            }
        }
        return spec;
    }

    private static void checkRead(Section section, @Nullable Path file) {
        if (file != null && !Files.isReadable(file)) {
            section.wrong("spec", "there is no file " + file + " that could be read.");
        }
    }
}
