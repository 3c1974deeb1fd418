package io.pcmshare.cli.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows below a heading, in columns that are as wide as they have to be; the widest give way where a
 * line would not fit. Texts of strangers cannot move the terminal's cursor.
 */
final class TextTable {
    private static final int LINE = 100;
    private static final int GAP = 2;
    private static final int LEAST = 8;

    private final List<List<String>> rows = new ArrayList<>();

    /** With the words above its columns. */
    TextTable(String... headings) {
        row((Object[]) headings);
    }

    /** Another row. */
    void row(Object... cells) {
        rows.add(Arrays.stream(cells).map(cell -> plain(String.valueOf(cell))).toList());
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The lines, each with its end. */
    String text() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = shortened(row.get(i), widths[i]);
                line.append(cell).repeat(' ', widths[i] - cell.length() + GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int room = LINE - GAP * (widths.length - 1);
        while (Arrays.stream(widths).sum() > room) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= LEAST) {
                break; // then the line is longer
            }
            widths[widest]--;
        }
        return widths;
    }

    private static String shortened(String cell, int width) {
        return cell.length() <= width ? cell : cell.substring(0, width - 1) + "…";
    }

    /** A text whose strange characters are question marks. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        c -> {
                            int type = Character.getType(c);
                            boolean strange =
                                    Character.isISOControl(c)
                                            || type == Character.FORMAT
                                            || type == Character.LINE_SEPARATOR
                                            || type == Character.PARAGRAPH_SEPARATOR;
                            plain.appendCodePoint(strange ? '?' : c);
                        });
        return plain.toString();
    }
}
