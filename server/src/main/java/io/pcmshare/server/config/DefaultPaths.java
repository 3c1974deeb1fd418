package io.pcmshare.server.config;

import io.pcmshare.sys.ProcIdentity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where things are that nobody named: the server's sockets, and its file. Server, commands and
 * clients look here, so that they find each other.
 */
public final class DefaultPaths {
    private static final String NAME = "pcmshare";

    private final Map<String, String> environment;
    private final int uid;
    private final Path root;

    /** Those of this process. */
    public static DefaultPaths ofProcess() {
        int self = (int) ProcessHandle.current().pid();
        return new DefaultPaths(System.getenv(), ProcIdentity.uid(self), Path.of("/"));
    }

    /**
     * Those of somebody.
     *
     * @param environment {@code PCMSHARE_SOCKET}, {@code PCMSHARE_CONTROL}, {@code
     *     PCMSHARE_GUESTS}, {@code XDG_RUNTIME_DIR}, {@code XDG_CONFIG_HOME} and {@code HOME} count
     * @param root the machine's files; another folder for tests
     */
    DefaultPaths(Map<String, String> environment, int uid, Path root) {
        this.environment = Map.copyOf(environment);
        this.uid = uid;
        this.root = root;
    }

    /**
     * The folder of the sockets: in {@code XDG_RUNTIME_DIR}, else in {@code /run/user/UID} if there
     * is one, else {@code /tmp/pcmshare-UID}.
     */
    public Path folder() {
        String said = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (said.startsWith("/")) {
            return Path.of(said, NAME);
        }
        String user = Integer.toUnsignedString(uid);
        Path ofUser = root.resolve("run").resolve("user").resolve(user);
        return Files.isDirectory(ofUser)
                ? ofUser.resolve(NAME)
                : root.resolve("tmp").resolve(NAME + "-" + user);
    }

    /** Where clients connect: {@code PCMSHARE_SOCKET}, else {@code socket} in the folder. */
    public Path socket() {
        return said("PCMSHARE_SOCKET", "socket");
    }

    /** Where commands connect: {@code PCMSHARE_CONTROL}, else {@code control} in the folder. */
    public Path control() {
        return said("PCMSHARE_CONTROL", "control");
    }

    /** Where programs are handed over: {@code PCMSHARE_GUESTS}, else {@code guests} there. */
    public Path guests() {
        return said("PCMSHARE_GUESTS", "guests");
    }

    /** The server's file: {@code pcmshare/server.toml} in the user's folder for such things. */
    public Path config() {
        String said = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path folder =
                said.startsWith("/")
                        ? Path.of(said)
                        : Path.of(environment.getOrDefault("HOME", "/"), ".config");
        return folder.resolve(NAME).resolve("server.toml");
    }

    private Path said(String variable, String name) {
        String said = environment.getOrDefault(variable, "");
        return said.isEmpty() ? folder().resolve(name) : Path.of(said);
    }
}
