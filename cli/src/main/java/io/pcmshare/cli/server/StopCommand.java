package io.pcmshare.cli.server;

import io.pcmshare.server.control.ControlClient;

import picocli.CommandLine.Command;

import java.util.Map;

/** Ends a server. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        header = "End a running server; what is queued is still heard. SIGTERM does the same.",
        footer = {"", ServerCommand.STATUS})
public final class StopCommand extends ServerCommand {
    /** Made by {@code Main}. */
    public StopCommand() {}

    @Override
    Answer ask(ControlClient server) {
        server.stop();
        return new Said(Map.of(), "The server ends as soon as what is queued has been heard.\n");
    }
}
