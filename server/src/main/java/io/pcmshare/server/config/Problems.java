package io.pcmshare.server.config;

import org.jspecify.annotations.Nullable;
import org.tomlj.TomlParseError;
import org.tomlj.TomlPosition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong in a file, so that it is said all at once. */
final class Problems {
    private final String file;
    private final int indent;
    private final List<ConfigProblem> all = new ArrayList<>();
    private boolean unreadable;

    /** None so far. */
    Problems(String file) {
        this(file, 0);
    }

    /**
     * None so far.
     *
     * @param indent what stands in the first line that nobody has written
     */
    Problems(String file, int indent) {
        this.file = file;
        this.indent = indent;
    }

    String file() {
        return file;
    }

    void add(@Nullable TomlPosition place, String sentence) {
        all.add(
                place == null
                        ? new ConfigProblem(file, 0, 0, sentence)
                        : new ConfigProblem(file, place.line(), column(place), sentence));
    }

    private int column(TomlPosition place) {
        return place.line() == 1 ? Math.max(1, place.column() - indent) : place.column();
    }

    /** Something is not there. Said only where all lines could be read: it may be in the others. */
    void missing(@Nullable TomlPosition place, String sentence) {
        if (!unreadable) {
            add(place, sentence);
        }
    }

    /** What is no TOML at all. */
    void unreadable(List<TomlParseError> errors) {
        for (TomlParseError error : errors) {
            unreadable = true;
            add(error.position(), error.getMessage() + ".");
        }
    }

    /** Ends with an exception where something is wrong. */
    void check() throws ConfigException {
        if (!all.isEmpty()) {
            all.sort(
                    Comparator.comparingInt(ConfigProblem::line)
                            .thenComparingInt(ConfigProblem::column));
            throw new ConfigException(all);
        }
    }
}
