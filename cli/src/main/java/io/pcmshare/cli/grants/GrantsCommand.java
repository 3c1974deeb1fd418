package io.pcmshare.cli.grants;

import io.pcmshare.cli.BadInputException;
import io.pcmshare.cli.server.GrantsText;
import io.pcmshare.cli.server.ServerOptions;
import io.pcmshare.server.control.ControlClient;
import io.pcmshare.server.control.ServerState;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Says who may do what with which stream. */
@Command(
        name = "grants",
        mixinStandardHelpOptions = true,
        header = "List who may do what with which sound stream.",
        description = {
            "",
            "Beside the programs in question, under the same 'pcmshare run': every open file of"
                    + " every stream is a line, with what it may do. It reads"
                    + " /proc/asound/card*/pcm*/sub*/grants, which any program may do as well.",
            "Elsewhere: what a running server has given, and the rules that 'pcmshare grant' gave"
                    + " to it; their numbers are those of 'pcmshare revoke'."
        },
        footer = {
            "",
            "Examples:",
            "  pcmshare grants",
            "  pcmshare run -- sh -c 'aplay -q a.wav & sleep 1; pcmshare grants; wait'",
            "",
            "Exit status: 0 said; 2 no card here is one of PcmShare, and no server is running."
        })
public final class GrantsCommand implements Callable<Integer> {
    private static final int NO_CARD = 2;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLine.Model.CommandSpec spec;

    @Mixin private final ServerOptions options = new ServerOptions();

    @Option(
            names = "--root",
            hidden = true,
            defaultValue = "/proc/asound",
            description = "Another folder to read, for tests.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path root;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (options.isNamed() || !HeldFile.isOurs(root)) {
            return ofServer(out);
        }
        List<HeldFile> files = HeldFile.all(root);
        out.print(options.json() ? json(files) : text(files));
        out.flush();
        return 0;
    }

    private int ofServer(PrintWriter out) throws IOException {
        try (ControlClient server = options.connectIfRunning()) {
            if (server == null) {
                spec.commandLine()
                        .getErr()
                        .println(
                                "pcmshare: no card here is one of PcmShare: run this under the same"
                                        + " 'pcmshare run' as the programs. And no server is"
                                        + " running at "
                                        + options.path()
                                        + ".");
                return NO_CARD;
            }
            ServerState state = server.state();
            out.print(options.json() ? GrantsText.json(state) : GrantsText.text(state));
            out.flush();
            return 0;
        } catch (UncheckedIOException e) {
            throw new BadInputException(options.path() + ": " + e.getMessage() + ".", e);
        }
    }

    private static String text(List<HeldFile> files) {
        if (files.isEmpty()) {
            return "Nobody has a stream open.\n";
        }
        StringBuilder text = new StringBuilder();
        String format = "%-22s %-24s %-24s %s%n";
        text.append(format.formatted("STREAM", "PROGRAM", "DESCRIPTOR", "PERMISSIONS"));
        for (HeldFile file : files) {
            text.append(
                    format.formatted(
                            file.stream(),
                            file.program() + "[" + file.pid() + "]",
                            file.descriptor(),
                            file.permissions()));
        }
        return text.toString();
    }

    private static String json(List<HeldFile> files) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            generator.writeStartArray();
            for (HeldFile file : files) {
                generator.writeStartObject();
                generator.writeStringProperty("stream", file.stream());
                generator.writeStringProperty("program", file.program());
                generator.writeNumberProperty("pid", file.pid());
                generator.writeStringProperty("descriptor", file.descriptor());
                generator.writeArrayPropertyStart("permissions");
                for (String permission : List.of(file.permissions().split(",", -1))) {
                    generator.writeString(permission);
                }
                generator.writeEndArray();
                generator.writeEndObject();
            }
            generator.writeEndArray();
        }
        return text + "\n";
    }
}
