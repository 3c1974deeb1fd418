package io.pcmshare.cli.server;

import io.pcmshare.cli.BadInputException;
import io.pcmshare.server.control.ControlClient;
import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.StateJson;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;

/** A command that asks a server for one thing. */
abstract class ServerCommand implements Callable<Integer> {
    /** The end of each help text. */
    static final String STATUS = "Exit status: 0 done; 2 it could not be done, and nothing was.";

    @Mixin private final ServerOptions options = new ServerOptions();

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLine.Model.CommandSpec spec;

    /** What a server said. */
    interface Answer {
        /** For programs: what {@link StateJson} can write. */
        Object json();

        /** For people, each line with its end. */
        String text();
    }

    /** An answer. */
    record Said(Object json, String text) implements Answer {}

    /** Asks. */
    abstract Answer ask(ControlClient server) throws ControlException;

    @Override
    public final Integer call() throws IOException {
        CommandLine.Model.CommandSpec parent = spec.parent();
        if (parent != null && parent.userObject() instanceof ServerCommand before) {
            options.inherit(before.options);
        }
        try (ControlClient server = options.connect()) {
            Answer answer = ask(server);
            PrintWriter out = spec.commandLine().getOut();
            out.print(options.json() ? StateJson.text(answer.json()) + "\n" : answer.text());
            out.flush();
            return 0;
        } catch (ControlException e) {
            throw new BadInputException(e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new BadInputException(options.path() + ": " + e.getMessage() + ".", e);
        }
    }
}
