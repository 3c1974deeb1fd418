package io.pcmshare.server.config;

import io.pcmshare.cards.Words;
import io.pcmshare.sys.ProcIdentity;

import org.tomlj.TomlArray;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Users by name, as {@code /etc/passwd} has them, or by number. */
final class Users {
    /** The user that the server runs as. */
    static final String SELF = "self";

    private static final long MAX_UID = 0xffff_fffeL; // the last number is nobody's: -1

    private final Map<String, Integer> byName;
    private final int self;

    /** Of a machine whose users are known. */
    Users(Map<String, Integer> byName, int self) {
        this.byName = new LinkedHashMap<>(byName);
        this.byName.put(SELF, self);
        this.self = self;
    }

    /** Those of this machine. */
    static Users ofMachine() {
        Map<String, Integer> byName = new LinkedHashMap<>();
        try {
            for (String line :
                    Files.readAllLines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
                List<String> parts = List.of(line.split(":", -1));
                if (parts.size() > 2 && parts.get(2).matches("\\d{1,9}")) {
                    byName.putIfAbsent(parts.getFirst(), Integer.parseInt(parts.get(2)));
                }
            }
        } catch (IOException none) {
            byName.clear(); // then there are numbers only
        }
        return new Users(byName, ProcIdentity.uid((int) ProcessHandle.current().pid()));
    }

    /** The user that the server runs as. */
    int self() {
        return self;
    }

    /** {@code uid = 1000}, {@code "anna"}, or a list of such. */
    Set<Integer> read(Section section, String key) {
        Object value = section.value(key);
        if (value == null) {
            return Set.of();
        }
        Set<Integer> uids = new HashSet<>();
        if (value instanceof TomlArray list) {
            for (int i = 0; i < list.size(); i++) {
                add(section, key, list.get(i), uids);
            }
            if (list.isEmpty()) {
                section.wrong(key, key + " names nobody; leave it out for everybody.");
            }
        } else {
            add(section, key, value, uids);
        }
        return uids;
    }

    private void add(Section section, String key, Object value, Set<Integer> uids) {
        if (value instanceof Long number && number >= 0 && number <= MAX_UID) {
            uids.add(number.intValue());
        } else if (value instanceof Long number) {
            section.wrong(key, "%s = %d is not between 0 and %d.".formatted(key, number, MAX_UID));
        } else if (value instanceof String name) {
            Integer uid = byName.get(name);
            if (uid == null) {
                String guess = Words.guess(name, byName.keySet());
                String end = guess.isEmpty() ? "." : guess;
                section.wrong(key, "there is no user \"" + name + '"' + end);
            } else {
                uids.add(uid);
            }
        } else {
            section.wrong(
                    key,
                    "%s must be a user's number or name, or a list of them, %s = 1000, not %s."
                            .formatted(key, key, Section.kind(value)));
        }
    }
}
