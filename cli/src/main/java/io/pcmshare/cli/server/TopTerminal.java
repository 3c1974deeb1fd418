package io.pcmshare.cli.server;

import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.ServerControl;
import io.pcmshare.server.control.ServerState;

import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * {@code top} on a terminal, which is as it was when it ends, however it ends. Does not own the
 * terminal. Threads: one; signals come on others.
 */
final class TopTerminal implements AutoCloseable {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_WAIT_MILLIS = 100;
    private static final long REST_OF_KEY_MILLIS = 50;
    private static final int ESCAPE = 27;
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    private final Terminal terminal;
    private final ServerControl server;
    private final long intervalNanos;
    private final LongSupplier clock;
    private final Attributes before;
    private final Display display;
    private final Thread hook = new Thread(this::restore, "pcm-top-restore");
    private final boolean blocks;
    private volatile boolean ended;
    private volatile boolean resized = true;
    private int columns = USUAL_COLUMNS;
    private int rows = USUAL_ROWS;
    private boolean restored;

    /**
     * Takes the screen.
     *
     * @param intervalNanos between two looks
     */
    TopTerminal(Terminal terminal, ServerControl server, long intervalNanos, LongSupplier clock) {
        this.terminal = terminal;
        this.server = server;
        this.intervalNanos = intervalNanos;
        this.clock = clock;
        this.blocks = terminal.encoding().equals(StandardCharsets.UTF_8);
        this.before = terminal.enterRawMode();
        this.display = new Display(terminal, true);
        terminal.handle(Terminal.Signal.INT, signal -> ended = true);
        terminal.handle(Terminal.Signal.WINCH, signal -> resized = true);
        terminal.handle(Terminal.Signal.CONT, signal -> resized = true);
        Runtime.getRuntime().addShutdownHook(hook);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.puts(Capability.keypad_xmit);
        terminal.flush();
    }

    /**
     * Shows until somebody has enough.
     *
     * @throws java.io.UncheckedIOException where the server has gone
     */
    void run() throws IOException {
        TopView view = TopView.FIRST;
        ServerState state = server.state();
        long looked = clock.getAsLong();
        while (!ended) {
            draw(state, view);
            long waited = clock.getAsLong() - looked;
            String key = key(Math.max(1, (intervalNanos - waited) / NANOS_PER_MILLI));
            if (key != null) {
                TopKeys.Reaction reaction = TopKeys.press(view, key, state);
                view = done(reaction);
                ended |= reaction.ends();
            }
            if ((key != null || clock.getAsLong() - looked >= intervalNanos) && !ended) {
                state = server.state();
                looked = clock.getAsLong();
            }
        }
    }

    private TopView done(TopKeys.Reaction reaction) {
        TopKeys.Act act = reaction.act();
        if (act == null) {
            return reaction.view();
        }
        try {
            act.on(server);
            return reaction.view();
        } catch (ControlException refused) {
            return reaction.view().message(refused.getMessage());
        }
    }

    private void draw(ServerState state, TopView view) {
        if (resized) {
            resized = false;
            terminal.enterRawMode(); // whoever stopped us may have changed that
            Size size = terminal.getSize();
            columns = size.getColumns() > 0 ? size.getColumns() : USUAL_COLUMNS;
            rows = size.getRows() > 0 ? size.getRows() : USUAL_ROWS;
            display.clear();
            display.resize(rows, columns);
        }
        display.update(TopScreen.lines(state, view, columns, rows, blocks), 0);
        terminal.flush();
    }

    /** The next key; {@code null} for none, or one that nobody knows. */
    private @Nullable String key(long millis) throws IOException {
        NonBlockingReader in = terminal.reader();
        int first = in.read(Math.min(millis, LONGEST_WAIT_MILLIS));
        if (first == NonBlockingReader.EOF) {
            ended = true;
        }
        if (first != ESCAPE) {
            return first < 0 ? null : Character.toString(first);
        }
        int second = in.read(REST_OF_KEY_MILLIS);
        if (second != '[' && second != 'O') {
            return TopKeys.ESCAPE;
        }
        int last = in.read(REST_OF_KEY_MILLIS);
        while (last >= 0 && last < '@') {
            last = in.read(REST_OF_KEY_MILLIS); // numbers of keys with more to say
        }
        return last == 'A' ? TopKeys.UP : last == 'B' ? TopKeys.DOWN : null;
    }

    private synchronized void restore() {
        if (!restored) {
            restored = true;
            terminal.puts(Capability.keypad_local);
            terminal.puts(Capability.cursor_normal);
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
            terminal.setAttributes(before);
        }
    }

    /** Gives the screen back. */
    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            return; // the hook runs already, and finds nothing to do
        }
    }
}
