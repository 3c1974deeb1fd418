package io.pcmshare.server.daemon;

import io.pcmshare.server.config.CardConfig;
import io.pcmshare.server.control.ControlException;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * The cards of the machine, as they come and go; while there are none, one that plays nowhere, so
 * that nobody's sound waits. Threads: control.
 */
final class MachineCards {
    private static final String PREFIX = "controlC";
    private static final int NONE = -1;

    private final Path folder;
    private final IntFunction<String> spec;
    private final Cards cards;

    /** The machine's number of a card, and ours. */
    private final Map<Integer, Integer> served = new TreeMap<>();

    /** Those that could not be opened; they are tried again when they have come again. */
    private final Set<Integer> refused = new HashSet<>();

    private int standIn = NONE;

    /**
     * None yet.
     *
     * @param folder of the machine's sound devices
     * @param spec what to serve a card of a number as
     */
    MachineCards(Path folder, IntFunction<String> spec, Cards cards) {
        this.folder = folder;
        this.spec = spec;
        this.cards = cards;
    }

    /** Those of this machine. */
    static MachineCards of(Cards cards) {
        return new MachineCards(Path.of("/dev/snd"), number -> "hw:" + number, cards);
    }

    /**
     * Looks which there are now.
     *
     * @throws ControlException where not even the stand-in can be made
     */
    void look() throws ControlException {
        Set<Integer> now = present();
        refused.retainAll(now);
        for (int gone : missing(served.keySet(), now)) {
            Integer ours = served.remove(gone);
            if (ours != null) {
                cards.remove(ours);
            }
        }
        for (int come : missing(now, served.keySet())) {
            if (!refused.contains(come)) {
                add(come);
            }
        }
        if (served.isEmpty() && standIn == NONE) {
            standIn = cards.add(CardConfig.of("null"));
        } else if (!served.isEmpty() && standIn != NONE) {
            int former = standIn;
            standIn = NONE;
            cards.remove(former);
        }
    }

    private static Set<Integer> missing(Set<Integer> all, Set<Integer> some) {
        Set<Integer> missing = new TreeSet<>(all);
        missing.removeAll(some);
        return missing;
    }

    private void add(int number) {
        try {
            served.put(number, cards.add(CardConfig.of(spec.apply(number))));
        } catch (ControlException e) {
            refused.add(number);
            System.getLogger(MachineCards.class.getName())
                    .log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    private Set<Integer> present() {
        Set<Integer> numbers = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path node : found) {
                String number = node.getFileName().toString().substring(PREFIX.length());
                if (number.matches("\\d{1,3}")) {
                    numbers.add(Integer.parseInt(number));
                }
            }
        } catch (IOException none) {
            numbers.clear(); // no card, or none that we may see
        }
        return numbers;
    }
}
