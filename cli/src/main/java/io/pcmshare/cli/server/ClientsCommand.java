package io.pcmshare.cli.server;

import io.pcmshare.server.control.ControlClient;
import io.pcmshare.server.control.StreamState;

import picocli.CommandLine.Command;

import java.util.List;

/** Lists the streams of a server's clients. */
@Command(
        name = "clients",
        mixinStandardHelpOptions = true,
        header = "List who plays and records through a running server.",
        description = {
            "",
            "A line for each stream: its number, by which 'volume' and 'move' name it, its program,"
                    + " what it does, and how long a frame takes until it is heard."
        },
        footer = {
            "",
            "Examples:",
            "  pcmshare clients",
            "  pcmshare clients --json",
            "",
            ServerCommand.STATUS
        })
public final class ClientsCommand extends ServerCommand {
    private static final double MILLI = 1e6;

    /** Made by {@code Main}. */
    public ClientsCommand() {}

    @Override
    Answer ask(ControlClient server) {
        List<StreamState> streams = server.state().streams();
        return new Said(streams, text(streams));
    }

    private static String text(List<StreamState> streams) {
        TextTable table =
                new TextTable(
                        "STREAM", "PROGRAM", "KIND", "DEVICE", "STATE", "SOUND", "LATENCY", "XRUNS",
                        "VOLUME", "PEAK");
        for (StreamState stream : streams) {
            table.row(
                    stream.number(),
                    Cells.program(stream.program(), stream.pid()),
                    stream.kind(),
                    Cells.device(stream.device()),
                    stream.state(),
                    Cells.sound(stream.format(), stream.channels(), stream.rate()),
                    "%.1fms".formatted(stream.latencyNanos() / MILLI),
                    stream.xruns(),
                    stream.muted() ? "muted" : Cells.decibels(stream.volumeDecibels()),
                    Cells.decibels(stream.peakDecibels()));
        }
        return table.isEmpty() ? "Nobody plays or records.\n" : table.text();
    }
}
