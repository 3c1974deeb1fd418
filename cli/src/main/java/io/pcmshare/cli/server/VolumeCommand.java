package io.pcmshare.cli.server;

import io.pcmshare.cli.BadInputException;
import io.pcmshare.server.control.ControlClient;
import io.pcmshare.server.control.ControlException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets a stream's volume. */
@Command(
        name = "volume",
        mixinStandardHelpOptions = true,
        header = "Set the volume of a stream of a running server, or mute it.",
        footer = {
            "",
            "Examples:",
            "  pcmshare volume 3 -6        half as loud, roughly",
            "  pcmshare volume 3 0         as it came",
            "  pcmshare volume 3 mute      silent; its volume is kept for 'unmute'",
            "",
            ServerCommand.STATUS
        })
public final class VolumeCommand extends ServerCommand {
    private static final Pattern DECIBELS =
            Pattern.compile("([+-]?\\d{1,4}(?:\\.\\d{1,6})?) ?(?:dB)?", Pattern.CASE_INSENSITIVE);

    @Parameters(
            index = "0",
            paramLabel = "STREAM",
            description = "Its number, as 'pcmshare clients' says it.")
    private long stream;

    @Parameters(
            index = "1",
            paramLabel = "DB|mute|unmute",
            description = "Decibels: 0 is as it came, at most 20; -inf is silence.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String level;

    /** Made by {@code Main}. */
    public VolumeCommand() {}

    @Override
    Answer ask(ControlClient server) throws ControlException {
        if (level.equals("mute") || level.equals("unmute")) {
            server.mute(stream, level.equals("mute"));
            return new Said(Map.of(), "Stream " + stream + " is " + level + "d.\n");
        }
        double decibels = decibels();
        server.volume(stream, decibels);
        return new Said(
                Map.of(), "Stream %d is at %s dB.%n".formatted(stream, Cells.decibels(decibels)));
    }

    private double decibels() {
        Matcher matcher = DECIBELS.matcher(level);
        if (matcher.matches()) {
            return Double.parseDouble(matcher.group(1));
        }
        if (level.equals("-inf")) {
            return Double.NEGATIVE_INFINITY;
        }
        throw new BadInputException(
                "\"" + level + "\" is no volume: say decibels, -6, or mute or unmute.");
    }
}
