package io.pcmshare.server.control;

import io.pcmshare.server.config.SocketFolder;

import jdk.net.ExtendedSocketOptions;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Where commands and scripts talk to a server: a stream socket with a JSON object a line, as {@code
 * docs/serve.md} says. The server's user and root may connect. Each connection has a thread, so
 * that one who does not read keeps nobody waiting; when there are too many, those who have not read
 * for long are cut off. Owns the socket and its path. Threads: any.
 */
public final class ControlSocket implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 16;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_MILLIS = 100;

    private final Path path;
    private final SocketClaim claim;
    private final ServerSocketChannel socket;
    private final ServerControl control;
    private final LongSupplier clock;
    private final Set<UserPrincipal> allowed;
    private final Set<ControlConnection> connections = ConcurrentHashMap.newKeySet();

    private ControlSocket(
            Path path,
            SocketClaim claim,
            ServerControl control,
            LongSupplier clock,
            Set<UserPrincipal> allowed)
            throws IOException {
        this.path = path;
        this.claim = claim;
        this.control = control;
        this.clock = clock;
        this.allowed = Set.copyOf(allowed);
        this.socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    }

    /**
     * Begins to listen. A socket that nobody listens at any more is replaced.
     *
     * @throws AlreadyRunningException where another server has the path
     * @throws IOException where the folder is not ours, or something else is in the way
     */
    public static ControlSocket open(Path path, ServerControl control) throws IOException {
        Set<UserPrincipal> allowed =
                new HashSet<>(Set.of(SocketFolder.us())); // who may be root himself
        allowed.add(SocketFolder.root());
        return open(path, control, System::nanoTime, allowed);
    }

    static ControlSocket open(
            Path path, ServerControl control, LongSupplier clock, Set<UserPrincipal> allowed)
            throws IOException {
        Path absolute = path.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder != null) {
            SocketFolder.prepare(folder);
        }
        SocketClaim claim = SocketClaim.of(absolute);
        try {
            ControlSocket it = new ControlSocket(absolute, claim, control, clock, allowed);
            it.listen();
            return it;
        } catch (IOException | RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    private void listen() throws IOException {
        try {
            socket.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        Thread.ofVirtual().name("pcm-control-accept").start(this::accept);
    }

    private void accept() {
        while (socket.isOpen()) {
            try {
                welcome(socket.accept());
            } catch (IOException e) {
                pause(); // out of descriptors, or closed
            }
        }
    }

    private void pause() {
        try {
            if (socket.isOpen()) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void welcome(SocketChannel channel) throws IOException {
        if (!allowed.contains(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user())) {
            channel.close();
            return;
        }
        if (connections.size() >= MAX_CONNECTIONS) {
            cutOffStuck();
        }
        if (connections.size() >= MAX_CONNECTIONS) {
            String sorry = ControlCalls.refused("too many commands are connected.") + "\n";
            channel.write(ByteBuffer.wrap(sorry.getBytes(StandardCharsets.UTF_8)));
            channel.close();
            return;
        }
        ControlConnection connection = new ControlConnection(channel, control, clock);
        connections.add(connection);
        Thread.ofVirtual().name("pcm-control").start(() -> serve(connection));
    }

    private void serve(ControlConnection connection) {
        try {
            connection.serve();
        } finally {
            connections.remove(connection);
        }
    }

    private void cutOffStuck() {
        connections.removeIf(
                each -> {
                    boolean stuck = each.isStuck(PATIENCE_NANOS);
                    if (stuck) {
                        each.close();
                    }
                    return stuck;
                });
    }

    /** How many are connected. */
    int connections() {
        return connections.size();
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Ends all connections, and removes the socket. */
    @Override
    public void close() throws IOException {
        try (claim;
                socket) {
            if (socket.isOpen()) {
                Files.deleteIfExists(path); // while the path is still ours
            }
        } finally {
            connections.forEach(ControlConnection::close);
        }
    }
}
