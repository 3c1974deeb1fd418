package io.pcmshare.server.daemon;

import io.pcmshare.server.config.SocketFolder;
import io.pcmshare.server.control.SocketClaim;
import io.pcmshare.sys.ServiceManager;
import io.pcmshare.sys.UnixSocket;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The socket that clients connect to: handed to us by whoever started us, or made at a path. Owns
 * the claim on the path; the socket is whoever's takes it.
 */
public final class ClientSocket implements AutoCloseable {
    private static final int BACKLOG = 64;

    /** Who may get at it is said by its folder; who may have what, by the policy. */
    private static final String MODE = "rw-rw-rw-";

    private final UnixSocket socket;
    private final @Nullable Path file;
    private final @Nullable SocketClaim claim;

    private ClientSocket(UnixSocket socket, @Nullable Path file, @Nullable SocketClaim claim) {
        this.socket = socket;
        this.file = file;
        this.claim = claim;
    }

    /**
     * The one socket that a service manager has handed to us, else one at a path. A socket that
     * nobody listens at any more is replaced.
     *
     * @throws io.pcmshare.server.control.AlreadyRunningException where another server is there
     * @throws IOException where the folder is not ours, or something else is in the way
     */
    public static ClientSocket open(Path path, ServiceManager manager) throws IOException {
        List<ServiceManager.Named> handed = manager.takeSockets();
        if (!handed.isEmpty()) {
            handed.subList(1, handed.size()).forEach(other -> other.fd().close());
            return new ClientSocket(UnixSocket.take(handed.getFirst().fd()), null, null);
        }
        Path absolute = path.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder != null) {
            SocketFolder.prepare(folder);
        }
        SocketClaim claim = SocketClaim.of(absolute);
        UnixSocket socket = null;
        try {
            socket = UnixSocket.listen(absolute, BACKLOG);
            Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString(MODE));
            return new ClientSocket(socket, absolute, claim);
        } catch (IOException | RuntimeException e) {
            if (socket != null) {
                socket.close();
            }
            claim.close();
            throw e;
        }
    }

    /** Listens. */
    public UnixSocket socket() {
        return socket;
    }

    /** Its file, to be removed in the end; {@code null} where it was handed to us. */
    public @Nullable Path file() {
        return file;
    }

    /** Gives up the claim on the path. */
    @Override
    public void close() throws IOException {
        if (claim != null) {
            claim.close();
        }
    }
}
