package io.pcmshare.cli.server;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Columns that fill a line of the screen: where they do not all fit, the least important are left
 * out; one of them takes what is left.
 */
final class TopTable {
    private static final int GAP = 1;
    private static final int MARGIN = 1;

    /** A column. */
    record Column(String title, int width, int importance, boolean isNumber, boolean isStretched) {
        static Column text(String title, int width, int importance) {
            return new Column(title, width, importance, false, false);
        }

        /** Its values stand at the right. */
        static Column number(String title, int width, int importance) {
            return new Column(title, width, importance, true, false);
        }

        /** Takes what is left. */
        static Column stretched(String title, int width, int importance) {
            return new Column(title, width, importance, false, true);
        }
    }

    private final List<Column> all;
    private final List<Column> shown;
    private final int width;
    private final int stretch;

    /**
     * For a screen.
     *
     * @param all whose importance is 1 for what is left out last
     * @param width of the screen
     */
    TopTable(List<Column> all, int width) {
        this.all = List.copyOf(all);
        this.width = width;
        List<Column> kept = new ArrayList<>(all);
        while (kept.size() > 1 && widthOf(kept) > width) {
            int least = kept.stream().mapToInt(Column::importance).max().orElseThrow();
            kept.remove(
                    kept.stream()
                            .filter(column -> column.importance() == least)
                            .max(Comparator.comparingInt(Column::width))
                            .orElseThrow());
        }
        this.shown = List.copyOf(kept);
        int left = Math.max(0, width - widthOf(kept));
        this.stretch =
                kept.stream()
                        .filter(Column::isStretched)
                        .mapToInt(column -> column.width() + left)
                        .findFirst()
                        .orElse(0);
    }

    private static int widthOf(List<Column> columns) {
        return MARGIN + columns.stream().mapToInt(column -> column.width() + GAP).sum();
    }

    /** How wide the column is that takes what is left; 0 where it was left out. */
    int stretch() {
        return stretch;
    }

    /** The titles. */
    AttributedString head(AttributedStyle style) {
        AttributedString[] titles =
                all.stream()
                        .map(column -> new AttributedString(column.title()))
                        .toArray(AttributedString[]::new);
        return row(style, titles);
    }

    /**
     * A row.
     *
     * @param style of what has none of its own
     * @param cells one for each column, also for those that are left out
     */
    AttributedString row(AttributedStyle style, AttributedString... cells) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.append(" ".repeat(MARGIN), style);
        for (int i = 0; i < all.size(); i++) {
            Column column = all.get(i);
            if (shown.contains(column)) {
                append(line, style, column, cells[i]);
            }
        }
        int used = line.toAttributedString().columnLength();
        return line.append(" ".repeat(Math.max(0, width - used)), style).toAttributedString();
    }

    private void append(
            AttributedStringBuilder line,
            AttributedStyle style,
            Column column,
            AttributedString cell) {
        int room = column.isStretched() ? stretch : column.width();
        AttributedString cut = cell.columnSubSequence(0, room);
        if (cut.length() < cell.length()) {
            cut =
                    AttributedString.join(
                            AttributedString.EMPTY,
                            cell.columnSubSequence(0, room - 1),
                            new AttributedString("…", cell.styleAt(0)));
        }
        String padding = " ".repeat(room - cut.columnLength());
        line.append(column.isNumber() ? padding : "", style);
        for (int i = 0; i < cut.length(); i++) {
            // its own colour, if it has one, on the row's ground
            AttributedStyle own = cut.styleAt(i);
            boolean isPlain = own.equals(AttributedStyle.DEFAULT);
            line.append(cut.subSequence(i, i + 1).toString(), isPlain ? style : over(style, own));
        }
        line.append(column.isNumber() ? "" : padding, style).append(" ".repeat(GAP), style);
    }

    private static AttributedStyle over(AttributedStyle row, AttributedStyle own) {
        return row.equals(AttributedStyle.DEFAULT) ? own : own.background(AttributedStyle.BLUE);
    }
}
