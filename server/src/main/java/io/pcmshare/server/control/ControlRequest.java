package io.pcmshare.server.control;

import io.pcmshare.cards.Words;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request as it came, asked for its parts by name. Whatever was asked for may be there. */
final class ControlRequest {
    private static final String OP = "op";

    private final Map<String, @Nullable Object> fields;
    private final Set<String> known = new LinkedHashSet<>(List.of(OP));

    ControlRequest(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /** What is to be done. */
    String op() throws ControlException {
        return text(OP);
    }

    String text(String name) throws ControlException {
        if (field(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a text");
    }

    boolean flag(String name) throws ControlException {
        if (field(name) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "true or false");
    }

    long integer(String name, long min, long max) throws ControlException {
        if (field(name) instanceof Long number && number >= min && number <= max) {
            return number;
        }
        throw wrong(name, "a whole number from " + min + " to " + max);
    }

    /** A number; {@code null} is minus infinity, for which JSON has no word. */
    double decibels(String name, double max) throws ControlException {
        Object value = field(name);
        if (value == null && fields.containsKey(name)) {
            return Double.NEGATIVE_INFINITY;
        }
        if (value instanceof Number number && number.doubleValue() <= max) {
            return number.doubleValue();
        }
        throw wrong(name, "a number up to " + max + ", or null for silence");
    }

    boolean has(String name) {
        known.add(name);
        return fields.containsKey(name);
    }

    /** Refuses what nobody has asked for. */
    void close() throws ControlException {
        List<String> strange = new ArrayList<>(fields.keySet());
        strange.removeAll(known);
        if (!strange.isEmpty()) {
            String name = strange.getFirst();
            String guess = Words.guess(name, known);
            throw new ControlException(
                    "there is no \""
                            + name
                            + "\" in this request"
                            + (guess.isEmpty() ? "." : guess));
        }
    }

    private @Nullable Object field(String name) {
        known.add(name);
        return fields.get(name);
    }

    private ControlException wrong(String name, String what) {
        String said = fields.containsKey(name) ? "not " + fields.get(name) : "and it is missing";
        return new ControlException("\"%s\" must be %s, %s.".formatted(name, what, said));
    }
}
