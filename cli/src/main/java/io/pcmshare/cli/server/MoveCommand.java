package io.pcmshare.cli.server;

import io.pcmshare.server.control.ControlClient;
import io.pcmshare.server.control.ControlException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.Map;

/** Moves a stream to another device. */
@Command(
        name = "move",
        mixinStandardHelpOptions = true,
        header = "Move a stream of a running server to another device, while it plays.",
        footer = {"", "Example:  pcmshare move 3 1,0:playback", "", ServerCommand.STATUS})
public final class MoveCommand extends ServerCommand {
    @Parameters(
            index = "0",
            paramLabel = "STREAM",
            description = "Its number, as 'pcmshare clients' says it.")
    private long stream;

    @Parameters(
            index = "1",
            paramLabel = "DEVICE",
            description = "Where to, as 'pcmshare devices' names it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String device;

    /** Made by {@code Main}. */
    public MoveCommand() {}

    @Override
    Answer ask(ControlClient server) throws ControlException {
        server.move(stream, device);
        return new Said(Map.of(), "Stream " + stream + " goes to " + device + ".\n");
    }
}
