package io.pcmshare.cli.run;

import io.pcmshare.cli.BadInputException;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Where the lines of {@code --trace} or {@code --audit} go. Owns the file, if it is one. */
final class TraceWriter implements AutoCloseable, Consumer<String> {
    private final PrintWriter out;
    private final boolean owned;

    private TraceWriter(PrintWriter out, boolean owned) {
        this.out = out;
        this.owned = owned;
    }

    /** To a file, or, without a name, to {@code standard}. */
    static TraceWriter open(String option, String name, PrintWriter standard) {
        if (name.isEmpty()) {
            return new TraceWriter(standard, false);
        }
        try {
            return new TraceWriter(new PrintWriter(Files.newBufferedWriter(Path.of(name))), true);
        } catch (IOException e) {
            throw new BadInputException(option + ": " + name + " cannot be written: " + e, e);
        }
    }

    @Override
    public void accept(String line) {
        out.println(line);
        if (!owned) {
            out.flush();
        }
    }

    @Override
    public void close() {
        if (owned) {
            out.close();
        } else {
            out.flush();
        }
    }
}
