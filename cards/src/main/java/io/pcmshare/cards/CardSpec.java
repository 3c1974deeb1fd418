package io.pcmshare.cards;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A card as a user asks for it: {@code KIND[:KEY=VALUE,…]}. Every key is in {@code docs/cards.md}.
 *
 * @param kind what it is
 * @param title what it is called
 * @param substreams how many a direction of a device has, 1 to {@value #MAX_SUBSTREAMS}
 * @param model what it can do, limits included
 * @param files what it plays to and records from
 * @param target what stands behind it
 */
public record CardSpec(
        CardKind kind,
        CardTitle title,
        int substreams,
        CardModel model,
        CardFiles files,
        CardTarget target) {
    /** Substreams of a direction, at most. */
    public static final int MAX_SUBSTREAMS = 128;

    /** Its short text; {@code null} for that of the kind. */
    public @Nullable String id() {
        return title.id();
    }

    /** Its text for people; {@code null} for that of the kind. */
    public @Nullable String name() {
        return title.name();
    }

    /** The same that can do something else. */
    CardSpec withModel(CardModel newModel) {
        return new CardSpec(kind, title, substreams, newModel, files, target);
    }

    /** A card of a kind with nothing said about it. */
    public static CardSpec of(CardKind kind) {
        return parse(kind.word());
    }

    /**
     * Understands what was written.
     *
     * @throws CardSpecException with one sentence on what is wrong
     */
    public static CardSpec parse(String text) {
        return new SpecParser(new SpecText(text)).parse();
    }

    /** Understands several, in the order of their cards' numbers. */
    public static List<CardSpec> parseAll(List<String> texts) {
        return texts.stream().map(CardSpec::parse).toList();
    }
}
