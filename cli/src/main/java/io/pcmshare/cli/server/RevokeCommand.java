package io.pcmshare.cli.server;

import io.pcmshare.server.control.ControlClient;
import io.pcmshare.server.control.ControlException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Map;

/** Takes back what a server has given. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        header = "Take back what a running server has given: a grant, all of a process, a rule.",
        description = {
            "",
            "What the holder writes from then on is heard no more, and what is recorded does not"
                    + " reach it. 'pcmshare grants' has the numbers."
        },
        footer = {
            "",
            "Examples:",
            "  pcmshare revoke 4",
            "  pcmshare revoke --pid $(pidof meeting)",
            "  pcmshare revoke --rule 1",
            "",
            ServerCommand.STATUS
        })
public final class RevokeCommand extends ServerCommand {
    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Which which;

    /** Made by {@code Main}. */
    public RevokeCommand() {}

    /** One of them. */
    static final class Which {
        @Parameters(arity = "0..1", paramLabel = "GRANT", description = "A grant, by its number.")
        private @Nullable Long grant;

        @Option(names = "--pid", paramLabel = "PID", description = "Everything of a process.")
        private @Nullable Integer pid;

        @Option(
                names = "--rule",
                paramLabel = "RULE",
                description = "A rule of 'pcmshare grant', by its number.")
        private @Nullable Long rule;
    }

    @Override
    Answer ask(ControlClient server) throws ControlException {
        if (which.pid != null) {
            int count = server.revokeProcess(which.pid);
            return new Said(
                    Map.of("grants", count), "Grants that were taken back: " + count + ".\n");
        }
        if (which.rule != null) {
            server.forget(which.rule);
            return new Said(Map.of(), "Rule " + which.rule + " has gone.\n");
        }
        long grant = which.grant == null ? 0 : which.grant;
        server.revoke(grant);
        return new Said(Map.of(), "Grant " + grant + " was taken back.\n");
    }
}
