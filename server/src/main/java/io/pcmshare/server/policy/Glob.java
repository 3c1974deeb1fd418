package io.pcmshare.server.policy;

import java.util.BitSet;

/**
 * A pattern for paths and labels: {@code *} is anything but a slash, {@code **} anything at all,
 * {@code ?} one character that is no slash; {@code \} takes its meaning from what follows. What is
 * matched is chosen by strangers, so it takes time of pattern times text and no more.
 *
 * @param text as it was written
 */
public record Glob(String text) {
    /** Matches everything. */
    public static final Glob ANY = new Glob("**");

    /** Whether all of a text is as the pattern says. */
    public boolean matches(String candidate) {
        // bit j: the pattern so far can be the first j characters
        BitSet ends = new BitSet();
        ends.set(0);
        int i = 0;
        while (i < text.length() && !ends.isEmpty()) {
            char c = text.charAt(i);
            if (c == '*') {
                boolean all = i + 1 < text.length() && text.charAt(i + 1) == '*';
                spread(ends, candidate, all);
                i += all ? 2 : 1;
                continue;
            }
            boolean literal = c == '\\' && i + 1 < text.length();
            i += literal ? 2 : 1;
            ends = step(ends, candidate, text.charAt(i - 1), !literal && c == '?');
        }
        return ends.get(candidate.length());
    }

    /** What a star makes of it: every end is one for whatever follows as well. */
    private static void spread(BitSet ends, String candidate, boolean slashes) {
        for (int j = 0; j < candidate.length(); j++) {
            if (ends.get(j) && (slashes || candidate.charAt(j) != '/')) {
                ends.set(j + 1);
            }
        }
    }

    private static BitSet step(BitSet ends, String candidate, char c, boolean wild) {
        BitSet next = new BitSet();
        for (int j = ends.nextSetBit(0);
                j >= 0 && j < candidate.length();
                j = ends.nextSetBit(j + 1)) {
            char there = candidate.charAt(j);
            if (wild ? there != '/' : there == c) {
                next.set(j + 1);
            }
        }
        return next;
    }
}
