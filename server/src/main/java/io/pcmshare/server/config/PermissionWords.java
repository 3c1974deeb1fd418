package io.pcmshare.server.config;

import io.pcmshare.cards.Words;
import io.pcmshare.share.Permission;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.Right;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Permissions by name: groups, rights, and three sets that people use. */
final class PermissionWords {
    private static final Permissions PEOPLE =
            Permissions.ofRights(Right.PLAY, Right.RECORD_MICROPHONE, Right.RECORD_PROGRAMS);

    private static final Map<String, Permissions> SETS =
            new TreeMap<>(
                    Map.of(
                            "FULL", Permissions.FULL,
                            "BUFFER", Permissions.BUFFER,
                            "PAGES", Permissions.PAGES));

    private PermissionWords() {}

    /**
     * All that a rule names. Where it says nothing of the three questions of people, their answer
     * is yes: the rule's class is about them.
     */
    static Permissions read(Section section, String key) {
        if (!section.has(key)) {
            return Permissions.FULL;
        }
        long bits = 0;
        for (String word : section.texts(key, "MAP_BUFFER")) {
            long said = bits(word);
            if (said == 0) {
                String choice = Words.choice(word, words());
                section.wrong(key, "there is no permission \"" + word + '"' + choice);
            }
            bits |= said;
        }
        Permissions named = new Permissions(bits);
        return named.and(PEOPLE).equals(Permissions.NONE)
                ? new Permissions(bits | PEOPLE.bits())
                : named;
    }

    private static long bits(String word) {
        String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
        Permissions set = SETS.get(name);
        if (set != null) {
            return set.bits();
        }
        for (Permission group : Permission.values()) {
            if (group.name().equals(name)) {
                return Permissions.ofRights(group.rights().toArray(Right[]::new)).bits();
            }
        }
        for (Right right : Right.values()) {
            if (right.name().equals(name)) {
                return right.bit();
            }
        }
        return 0;
    }

    private static List<String> words() {
        List<String> words = new ArrayList<>(SETS.keySet());
        for (Permission group : Permission.values()) {
            words.add(group.name());
        }
        for (Right right : Right.values()) {
            if (!words.contains(right.name())) {
                words.add(right.name());
            }
        }
        return words;
    }
}
