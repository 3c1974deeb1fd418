package io.pcmshare.cli.server;

import io.pcmshare.cli.BadInputException;
import io.pcmshare.server.control.ControlClient;
import io.pcmshare.server.control.ControlException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts a rule in front of a server's policy. */
@Command(
        name = "grant",
        mixinStandardHelpOptions = true,
        header = "Let a program do with sound what the policy does not, or the other way round.",
        description = {
            "",
            "Puts a rule in front of a running server's policy, until the server ends, the time is"
                    + " over, or 'pcmshare revoke --rule' takes it back. What is not said does not"
                    + " matter: without --uid it is about everybody."
        },
        footer = {
            "",
            "Examples:",
            "  pcmshare grant --exe /usr/bin/obs --class programs --for 2h",
            "  pcmshare grant --exe '/opt/meeting/**' --class microphone --deny",
            "  pcmshare grant --uid anna --class play,microphone",
            "  pcmshare grant '{exe = \"/usr/bin/obs\", permissions = [\"BUFFER\"]}'",
            "",
            ServerCommand.STATUS
        })
public final class GrantCommand extends ServerCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "RULE",
            description =
                    "A rule as in the policy's file, as an inline table of TOML; instead of"
                            + " options.")
    private @Nullable String rule;

    @Option(
            names = "--exe",
            paramLabel = "GLOB",
            description = "Which program: its path; * within a folder, ** across them.")
    private @Nullable String exe;

    @Option(
            names = "--uid",
            paramLabel = "USER",
            split = ",",
            description = "Which users, by number or name; 'self' is the server's own.")
    private List<String> users = new ArrayList<>();

    @Option(
            names = "--device",
            paramLabel = "GLOB",
            description = "Which device, as 'pcmshare devices' names it.")
    private @Nullable String device;

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            split = ",",
            description =
                    "What it is about: play (be heard), microphone (hear one), programs (hear"
                            + " others).")
    private List<String> classes = new ArrayList<>();

    @Option(
            names = "--permission",
            paramLabel = "NAME",
            split = ",",
            description = "What is given: FULL unless said, BUFFER, PAGES, groups and rights.")
    private List<String> permissions = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "For how long: 30s, 10m, 2h. What it gave ends with it.")
    private @Nullable String time;

    @Option(
            names = "--quota",
            paramLabel = "TIME|FRAMES",
            description = "For how much sound of each stream: 30s, or a number of frames.")
    private @Nullable String quota;

    @Option(names = "--deny", description = "Forbid it instead.")
    private boolean deny;

    /** Made by {@code Main}. */
    public GrantCommand() {}

    @Override
    Answer ask(ControlClient server) throws ControlException {
        long number = server.grant(text());
        return new Said(
                Map.of("rule", number),
                "Rule %d stands in front; 'pcmshare revoke --rule %d' takes it back.%n"
                        .formatted(number, number));
    }

    /** The rule as TOML. */
    private String text() {
        List<String> parts = new ArrayList<>();
        add(parts, "exe", exe);
        addAll(parts, "uid", users);
        add(parts, "device", device);
        addAll(parts, "class", classes);
        addAll(parts, "permissions", permissions);
        add(parts, "for", time);
        add(parts, "quota", quota);
        if (rule != null && (deny || !parts.isEmpty())) {
            throw new BadInputException("say a rule or options, not both.");
        }
        if (rule != null) {
            return rule;
        }
        if (parts.isEmpty()) {
            throw new BadInputException(
                    "a rule for everybody and everything is too much: say --exe, --uid, --device"
                            + " or --class.");
        }
        parts.addFirst("action = " + quoted(deny ? "deny" : "allow"));
        return "{" + String.join(", ", parts) + "}";
    }

    private static void add(List<String> parts, String key, @Nullable String value) {
        if (value != null) {
            parts.add(key + " = " + value(value));
        }
    }

    private static void addAll(List<String> parts, String key, List<String> values) {
        if (!values.isEmpty()) {
            parts.add(
                    key
                            + " = ["
                            + String.join(", ", values.stream().map(GrantCommand::value).toList())
                            + "]");
        }
    }

    /** A number as such, anything else as a text. */
    private static String value(String value) {
        return value.matches("0|[1-9]\\d{0,17}") ? value : quoted(value);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(
                        c -> {
                            if (c == '"' || c == '\\') {
                                quoted.append('\\').append((char) c);
                            } else if (c < ' ' || c == 0x7f) {
                                quoted.append("\\u%04x".formatted(c));
                            } else {
                                quoted.append((char) c);
                            }
                        });
        return quoted.append('"').toString();
    }
}
