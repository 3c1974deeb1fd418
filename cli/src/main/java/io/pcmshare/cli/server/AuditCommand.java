package io.pcmshare.cli.server;

import io.pcmshare.server.control.AuditEntry;
import io.pcmshare.server.control.ControlClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a server has decided. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        header = "Say who was given, refused and taken what by a running server.",
        description = {
            "",
            "A line for each of the last thousand decisions, oldest first: its number, when, and"
                    + " what, in key=value pairs."
        },
        footer = {
            "",
            "Examples:",
            "  pcmshare audit | grep event=refusal",
            "  pcmshare audit --after 120 --json",
            "",
            ServerCommand.STATUS
        })
public final class AuditCommand extends ServerCommand {
    @Option(
            names = "--after",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Only those behind this one.")
    private long after;

    /** Made by {@code Main}. */
    public AuditCommand() {}

    @Override
    Answer ask(ControlClient server) {
        List<AuditEntry> entries = server.audit(after);
        String text = entries.stream().map(AuditCommand::line).collect(Collectors.joining());
        return new Said(entries, text.isEmpty() ? "Nothing was decided.\n" : text);
    }

    private static String line(AuditEntry entry) {
        return "%d %s %s%n"
                .formatted(
                        entry.number(),
                        entry.time().truncatedTo(ChronoUnit.MILLIS),
                        entry.event().line());
    }
}
