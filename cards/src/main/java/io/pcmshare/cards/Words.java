package io.pcmshare.cards;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Helps people who mistyped a word. */
public final class Words {
    private Words() {}

    /** What can be said, and which of it was perhaps meant. */
    public static String choice(String said, Collection<String> words) {
        String guess = guess(said, words);
        String all = String.join(", ", words) + ".";
        return guess.isEmpty() ? "; there are " + all : guess + " There are " + all;
    }

    /** {@code , did you mean WORD?} for many words; empty where none is near. */
    public static String guess(String said, Collection<String> words) {
        int near = Math.max(1, said.length() / 2);
        return words.stream()
                .filter(word -> distance(said, word) <= near)
                .min(Comparator.comparingInt(word -> distance(said, word)))
                .map(word -> ", did you mean " + word + "?")
                .orElse("");
    }

    /** Letters to add, drop or change to make one word of another. */
    static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
