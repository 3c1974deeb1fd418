package io.pcmshare.cli.server;

import io.pcmshare.cli.BadInputException;
import io.pcmshare.server.config.Durations;
import io.pcmshare.server.control.ControlClient;
import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.StateJson;

import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Shows what a server does, while it does it. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        header = "Watch a running server: streams, levels, latency, xruns; mute, move, revoke.",
        description = {
            "",
            "A live screen with a line for each device and stream. Keys: up and down select, m"
                    + " mutes, + and - change the volume, v moves, r revokes, s sorts, ? helps, q"
                    + " ends.",
            "Where the output is no terminal it is printed once."
        },
        footer = {
            "",
            "Examples:",
            "  pcmshare top",
            "  pcmshare top --once",
            "  pcmshare top --json --interval 1s | jq .cpuPercent",
            "",
            "Exit status: 0 done; 1 the server ended meanwhile; 2 there is none, or bad input."
        })
public final class TopCommand implements Callable<Integer> {
    private static final int GONE = 1;
    private static final int PRINTED_COLUMNS = 100;

    private static final long LEAST_MILLIS = 20;
    private static final long MOST_MILLIS = 60_000;

    @Mixin private final ServerOptions options = new ServerOptions();

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "500ms",
            description = "Between two looks, 20ms to 1m. Default: ${DEFAULT-VALUE}.")
    private String interval = "500ms";

    @Option(names = "--once", description = "Print how it is, and end.")
    private boolean once;

    /** Made by {@code Main}. */
    public TopCommand() {}

    @Override
    public Integer call() throws IOException {
        long millis = millis();
        try (ControlClient server = options.connect()) {
            if (once || (!options.json() && !isTerminal())) {
                print(server.state());
            } else if (options.json()) {
                server.watch((int) millis, this::print);
            } else {
                show(server, millis);
            }
            return 0;
        } catch (ControlException e) {
            throw new BadInputException(e.getMessage(), e);
        } catch (UncheckedIOException | java.io.EOFException e) {
            spec.commandLine().getErr().println("pcmshare: the server has ended.");
            return GONE;
        }
    }

    private long millis() {
        Long nanos = Durations.parse(interval);
        long millis = nanos == null ? -1 : TimeUnit.NANOSECONDS.toMillis(nanos);
        if (millis < LEAST_MILLIS || millis > MOST_MILLIS) {
            throw new BadInputException(
                    "--interval=%s must be 20ms to 1m: %s.".formatted(interval, Durations.WORDS));
        }
        return millis;
    }

    private static boolean isTerminal() {
        String type = System.getenv("TERM");
        // there is none where nobody sits in front of it
        boolean is = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return is && type != null && !type.equals("dumb");
    }

    /** Whether whoever reads wants more. */
    private boolean print(ServerState state) {
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(StateJson.text(state));
        } else {
            List<AttributedString> lines = TopScreen.report(state, PRINTED_COLUMNS);
            lines.forEach(line -> out.println(line.toString().stripTrailing()));
        }
        return !out.checkError();
    }

    private static void show(ControlClient server, long millis) throws IOException {
        // by the program stty: nothing native
        try (Terminal terminal =
                        TerminalBuilder.builder()
                                .system(true)
                                .provider("exec")
                                .dumb(false)
                                .build();
                TopTerminal screen =
                        new TopTerminal(
                                terminal,
                                server,
                                TimeUnit.MILLISECONDS.toNanos(millis),
                                System::nanoTime)) {
            screen.run();
        }
    }
}
