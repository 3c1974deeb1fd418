package io.pcmshare.server.config;

import io.pcmshare.cards.Words;

import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table of a file, read key by key. What is wrong goes to the {@link Problems}; the value is then
 * as if nobody had said it. Whatever has been asked for is what may be there.
 */
final class Section {
    private final TomlTable table;
    private final @Nullable TomlPosition place;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * Begins to read.
     *
     * @param place where it begins; {@code null} for the file itself
     */
    Section(TomlTable table, @Nullable TomlPosition place, Problems problems) {
        this.table = table;
        this.place = place;
        this.problems = problems;
    }

    /** Where it begins; {@code null} for the file itself. */
    @Nullable TomlPosition place() {
        return place;
    }

    /** Where a key stands. */
    @Nullable TomlPosition place(String key) {
        return table.inputPositionOf(List.of(key));
    }

    /** Says that a key's value is not as it should be. */
    void wrong(String key, String sentence) {
        problems.add(place(key), sentence);
    }

    /** A value, whatever it is. */
    @Nullable Object value(String key) {
        known.add(key);
        return table.get(List.of(key));
    }

    boolean has(String key) {
        return value(key) != null;
    }

    /** A text. */
    @Nullable String text(String key, String example) {
        return typed(key, String.class, "a text", '"' + example + '"');
    }

    /** True or false. */
    boolean flag(String key, boolean otherwise) {
        Boolean said = typed(key, Boolean.class, "true or false", Boolean.toString(!otherwise));
        return said == null ? otherwise : said;
    }

    /** A whole number of a range. */
    @Nullable Integer number(String key, int min, int max) {
        Long said = typed(key, Long.class, "a whole number", Integer.toString(min));
        if (said == null) {
            return null;
        }
        if (said < min || said > max) {
            wrong(key, "%s = %d is not between %d and %d.".formatted(key, said, min, max));
            return null;
        }
        return said.intValue();
    }

    /** The same with a value for when nobody says it. */
    int number(String key, int min, int max, int otherwise) {
        Integer said = number(key, min, max);
        return said == null ? otherwise : said;
    }

    /** A time, in nanoseconds. */
    @Nullable Long time(String key, String example) {
        String said = text(key, example);
        if (said == null) {
            return null;
        }
        Long nanos = Durations.parse(said);
        if (nanos == null) {
            wrong(key, "%s = \"%s\" is no time: %s.".formatted(key, said, Durations.WORDS));
        }
        return nanos;
    }

    /** One of some words. */
    <E extends Enum<E>> @Nullable E word(String key, List<E> all) {
        String said = text(key, wordOf(all.getFirst()));
        return said == null ? null : word(key, said, all);
    }

    /** Some of some words: one, or a list. */
    <E extends Enum<E>> Set<E> words(String key, List<E> all) {
        Set<E> found = new LinkedHashSet<>();
        for (String said : texts(key, wordOf(all.getFirst()))) {
            E one = word(key, said, all);
            if (one != null) {
                found.add(one);
            }
        }
        return found;
    }

    private <E extends Enum<E>> @Nullable E word(String key, String said, List<E> all) {
        for (E one : all) {
            if (one.name().equalsIgnoreCase(said)) {
                return one;
            }
        }
        List<String> words = all.stream().map(Section::wordOf).toList();
        wrong(key, "there is no %s \"%s\"%s".formatted(key, said, Words.choice(said, words)));
        return null;
    }

    private static String wordOf(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    /** A text, or a list of them. */
    List<String> texts(String key, String example) {
        return value(key) instanceof TomlArray list
                ? texts(key, list, example)
                : oneText(key, example);
    }

    private List<String> oneText(String key, String example) {
        String one = text(key, example);
        return one == null ? List.of() : List.of(one);
    }

    private List<String> texts(String key, TomlArray list, String example) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String text) {
                all.add(text);
            } else {
                problems.add(
                        list.inputPositionOf(i),
                        "%s holds texts such as \"%s\", not %s."
                                .formatted(key, example, kind(list.get(i))));
            }
        }
        return all;
    }

    /** A table of its own; an empty one where there is none. */
    Section table(String key) {
        TomlTable inner = typed(key, TomlTable.class, "a table", null);
        return new Section(inner == null ? Toml.parse("") : inner, place(key), problems);
    }

    /** A table of its own; {@code null} where there is none. */
    @Nullable Section tableOrNone(String key) {
        return has(key) ? table(key) : null;
    }

    /** A list of tables, {@code [[key]]}. */
    List<Section> tables(String key) {
        Object value = value(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof TomlArray list)) {
            wrong(key, "there may be several: write [[%s]], not [%s].".formatted(key, key));
            return List.of();
        }
        List<Section> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof TomlTable inner) {
                all.add(new Section(inner, list.inputPositionOf(i), problems));
            } else {
                problems.add(
                        list.inputPositionOf(i),
                        "%s holds tables, not %s.".formatted(key, kind(list.get(i))));
            }
        }
        return all;
    }

    private <T> @Nullable T typed(String key, Class<T> type, String what, @Nullable String one) {
        Object value = value(key);
        if (value == null || type.isInstance(value)) {
            return value == null ? null : type.cast(value);
        }
        String example = one == null ? "[" + key + "]" : key + " = " + one;
        wrong(key, "%s must be %s, %s, not %s.".formatted(key, what, example, kind(value)));
        return null;
    }

    /** What a value is, for people. */
    static String kind(Object value) {
        return switch (value) {
            case String ignored -> "a text";
            case Long ignored -> "a whole number";
            case Double ignored -> "a number with a point";
            case Boolean ignored -> "true or false";
            case TomlArray ignored -> "a list";
            case TomlTable ignored -> "a table";
            default -> "a date or time";
        };
    }

    /** Ends reading: what nobody has asked for should not be there. */
    void close() {
        for (String key : table.keySet()) {
            if (!known.contains(key)) {
                problems.add(
                        place(key), "there is no \"" + key + "\" here" + Words.choice(key, known));
            }
        }
    }
}
