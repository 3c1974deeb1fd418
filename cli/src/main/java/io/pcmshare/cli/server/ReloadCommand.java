package io.pcmshare.cli.server;

import io.pcmshare.server.control.ControlClient;
import io.pcmshare.server.control.ControlException;

import picocli.CommandLine.Command;

import java.util.Map;

/** Lets a server read its file again. */
@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        header = "Let a running server read its configuration and policy again.",
        description = {
            "",
            "Where the file is wrong everything stays as it was, and what is wrong is said."
                    + " Streams that stay allowed do not notice. SIGHUP does the same."
        },
        footer = {"", ServerCommand.STATUS})
public final class ReloadCommand extends ServerCommand {
    /** Made by {@code Main}. */
    public ReloadCommand() {}

    @Override
    Answer ask(ControlClient server) throws ControlException {
        server.reload();
        return new Said(Map.of(), "Configuration and policy were read again.\n");
    }
}
