package io.pcmshare.cards;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code KIND[:KEY=VALUE,…]} taken apart: which words there are, not what they mean. */
final class SpecText {
    private final String text;
    private final CardKind kind;
    private final Map<SpecKey, String> values = new EnumMap<>(SpecKey.class);

    SpecText(String text) {
        this.text = text;
        int colon = text.indexOf(':');
        this.kind = kindOf(colon < 0 ? text : text.substring(0, colon));
        if (colon >= 0) {
            parts(text.substring(colon + 1)).forEach(this::add);
        }
    }

    CardKind kind() {
        return kind;
    }

    @Nullable String value(SpecKey key) {
        return values.get(key);
    }

    CardSpecException refuse(String why) {
        return new CardSpecException("Card \"" + text + "\": " + why);
    }

    /** A value as it was written. */
    String said(SpecKey key) {
        return key.word() + "=" + values.get(key);
    }

    private CardKind kindOf(String word) {
        for (CardKind known : CardKind.values()) {
            if (known.word().equals(word)) {
                return known;
            }
        }
        List<String> words = Arrays.stream(CardKind.values()).map(CardKind::word).toList();
        throw refuse("there is no kind \"" + word + "\"" + Words.choice(word, words));
    }

    private void add(String part) {
        if (kind == CardKind.HW && part.matches("\\d{1,9}")) {
            // as alsa-lib: hw:CARD,DEVICE
            put(values.containsKey(SpecKey.CARD) ? SpecKey.DEVICE : SpecKey.CARD, part);
            return;
        }
        int equals = part.indexOf('=');
        String word = equals < 0 ? part : part.substring(0, equals);
        SpecKey key = keyOf(word);
        if (equals < 0 || equals == part.length() - 1) {
            throw refuse(word + " has no value, say " + word + "=VALUE.");
        }
        put(key, part.substring(equals + 1));
    }

    private void put(SpecKey key, String value) {
        if (values.put(key, value) != null) {
            throw refuse(key.word() + " is said twice.");
        }
    }

    private SpecKey keyOf(String word) {
        for (SpecKey key : SpecKey.of(kind)) {
            if (key.word().equals(word)) {
                return key;
            }
        }
        List<String> words = SpecKey.of(kind).stream().map(SpecKey::word).toList();
        String what = "kind " + kind.word() + " has no key \"" + word + "\"";
        throw refuse(what + Words.choice(word, words));
    }

    /** Splits at commas, but not at those behind a backslash, which is dropped. */
    private static List<String> parts(String list) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            boolean more = i + 1 < list.length();
            if (c == '\\' && more && (list.charAt(i + 1) == ',' || list.charAt(i + 1) == '\\')) {
                i++;
                part.append(list.charAt(i));
            } else if (c == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
