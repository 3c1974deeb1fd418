package io.pcmshare.cli.server;

import io.pcmshare.cli.BadInputException;
import io.pcmshare.server.config.DefaultPaths;
import io.pcmshare.server.control.ControlClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What every command can be told that talks to a server. */
public final class ServerOptions {
    @Option(names = "--json", description = "For programs: JSON on one line.")
    private boolean json;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description =
                    "The server's control socket. Default: $$PCMSHARE_CONTROL, else"
                            + " $$XDG_RUNTIME_DIR/pcmshare/control.")
    private @Nullable Path socket;

    /** Made by picocli. */
    public ServerOptions() {}

    /** What was said before a command's own name holds for it as well. */
    void inherit(ServerOptions before) {
        json |= before.json;
        socket = socket == null ? before.socket : socket;
    }

    /** Whether the answer is for programs. */
    public boolean json() {
        return json;
    }

    /** Whether a server was named. */
    public boolean isNamed() {
        return socket != null;
    }

    /** The server's control socket. */
    public Path path() {
        return socket == null ? DefaultPaths.ofProcess().control() : socket;
    }

    /**
     * Connects to the server.
     *
     * @return {@code null} where none is running
     * @throws BadInputException where there is something, and it cannot be talked to
     */
    public @Nullable ControlClient connectIfRunning() {
        Path path = path();
        try {
            return ControlClient.connect(path);
        } catch (NoSuchFileException | ConnectException none) {
            return null;
        } catch (IOException e) {
            if (!Files.exists(path)) {
                return null;
            }
            throw new BadInputException("%s: %s.".formatted(path, e.getMessage()), e);
        }
    }

    /**
     * Connects to the server.
     *
     * @throws BadInputException where none is running, with what to do about it
     */
    ControlClient connect() {
        ControlClient client = connectIfRunning();
        if (client == null) {
            throw new BadInputException(
                    "no server is running at "
                            + path()
                            + "; 'pcmshare serve' starts one,"
                            + " or 'systemctl --user start pcmshare' where it is installed.");
        }
        return client;
    }
}
