package io.pcmshare.server.guest;

import io.pcmshare.abi.Errno;
import io.pcmshare.server.config.SocketFolder;
import io.pcmshare.server.control.SocketClaim;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.PeerCredentials;
import io.pcmshare.sys.ProcIdentity;
import io.pcmshare.sys.UnixSocket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Where programs are handed over that do not know us, by the server's user and root. Each guest has
 * a thread of its own, so that none waits for another; what goes wrong with one ends that one.
 *
 * <p>Owns the socket, its file, the claim on the path, and the guests.
 */
public final class GuestSocket implements AutoCloseable {
    /** Guests at once; each may be many programs. */
    public static final int MOST_GUESTS = 32;

    private static final int BACKLOG = 16;
    private static final String MODE = "rw-------";
    private static final long PAUSE_NANOS = 50_000_000L;
    private static final long JOIN_MILLIS = 1000;

    private final Path path;
    private final SocketClaim claim;
    private final UnixSocket socket;
    private final GuestHost host;
    private final Doors doors;
    private final int uid = ProcIdentity.uid((int) ProcessHandle.current().pid());
    private final Set<GuestConnection> guests = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private volatile boolean closed;

    /** Has a desk for each guest. */
    @FunctionalInterface
    public interface Doors {
        /** One for a guest that comes; it is told who that is, to be revoked from. */
        GuestDesk open(GuestHolder holder);
    }

    private GuestSocket(
            Path path, SocketClaim claim, UnixSocket socket, Doors doors, GuestHost host) {
        this.path = path;
        this.claim = claim;
        this.socket = socket;
        this.doors = doors;
        this.host = host;
        this.acceptor = Thread.ofPlatform().name("pcm-guests").daemon().unstarted(this::accept);
    }

    /**
     * Begins to listen. A socket that nobody listens at any more is replaced.
     *
     * @throws io.pcmshare.server.control.AlreadyRunningException where another server has the path
     * @throws IOException where the folder is not ours, or something else is in the way
     */
    public static GuestSocket open(Path path, Doors doors, GuestHost host) throws IOException {
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
            GuestSocket made = new GuestSocket(absolute, claim, socket, doors, host);
            made.acceptor.start();
            return made;
        } catch (IOException | RuntimeException e) {
            if (socket != null) {
                socket.close();
            }
            claim.close();
            throw e;
        }
    }

    private void accept() {
        while (!closed) {
            try {
                welcome(socket.accept());
            } catch (ErrnoException e) {
                LockSupport.parkNanos(PAUSE_NANOS); // out of descriptors, or closed
            }
        }
    }

    private void welcome(UnixSocket peer) throws ErrnoException {
        try {
            PeerCredentials who = peer.peer();
            if (who.uid() != uid && who.uid() != 0) {
                peer.close();
                return;
            }
            GuestConnection guest = new GuestConnection(peer, who.pid(), doors, host);
            if (guests.size() >= MOST_GUESTS) {
                guest.turnAway(
                        Errno.EAGAIN,
                        "The server has " + MOST_GUESTS + " guests, and room for no more.");
                return;
            }
            guests.add(guest);
            Thread.ofPlatform().name("pcm-guest-" + who.pid()).daemon().start(() -> serve(guest));
        } catch (ErrnoException | RuntimeException | OutOfMemoryError e) {
            // OutOfMemoryError is what a thread too many is answered with
            peer.close();
        }
    }

    private void serve(GuestConnection guest) {
        try {
            guest.serve();
        } finally {
            guests.remove(guest);
        }
    }

    /** How many guests there are. */
    public int guests() {
        return guests.size();
    }

    /** Ends all guests, and removes the socket. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (claim) {
            Files.deleteIfExists(path); // while the path is still ours
            socket.shutdown();
            join(acceptor);
            socket.close();
            guests.forEach(GuestConnection::stop);
            for (GuestConnection guest : guests) {
                guest.awaitEnd(JOIN_MILLIS);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
