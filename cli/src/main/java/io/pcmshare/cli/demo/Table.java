package io.pcmshare.cli.demo;

import java.io.PrintStream;

/** Two columns, for people. */
final class Table {
    private static final int LABEL_WIDTH = 14;

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
    }

    void row(String label, String text) {
        out.printf("  %-" + LABEL_WIDTH + "s %s%n", label, text);
    }

    /** A further line of the row above. */
    void more(String text) {
        row("", text);
    }
}
