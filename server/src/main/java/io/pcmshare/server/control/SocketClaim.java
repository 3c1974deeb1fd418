package io.pcmshare.server.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The right to be the server at a path. It is a lock on a file beside the socket, which ends with
 * its process however that ends: whoever has it knows that a socket that is there is nobody's, and
 * two servers that start at once cannot take it from each other. The file holds the server's pid
 * and stays. Owns the lock.
 */
public final class SocketClaim implements AutoCloseable {
    private static final int UNKNOWN = -1;
    private static final int PID_BYTES = 16;
    private static final int TRIES = 50;
    private static final long PAUSE_NANOS = 10_000_000L;

    private final FileChannel lock;

    private SocketClaim(FileChannel lock) {
        this.lock = lock;
    }

    /**
     * Claims a path, at which there is no socket afterwards.
     *
     * @throws AlreadyRunningException where somebody else has it
     * @throws FileSystemException where something is in the way that is no socket
     */
    public static SocketClaim of(Path path) throws IOException {
        Path beside = path.resolveSibling(path.getFileName() + ".lock");
        FileChannel lock =
                FileChannel.open(
                        beside,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            take(lock, path);
            return new SocketClaim(lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void take(FileChannel lock, Path path) throws IOException {
        FileLock taken;
        try {
            taken = lock.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new AlreadyRunningException(path, (int) ProcessHandle.current().pid());
        }
        if (taken == null) {
            throw new AlreadyRunningException(path, pidOf(lock));
        }
        String pid = ProcessHandle.current().pid() + "\n";
        lock.truncate(0);
        lock.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
        removeStale(path);
    }

    /** Whoever has just taken the lock is about to write it. */
    private static int pidOf(FileChannel lock) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            ByteBuffer bytes = ByteBuffer.allocate(PID_BYTES);
            int count = Math.max(0, lock.read(bytes, 0));
            String text = new String(bytes.array(), 0, count, StandardCharsets.US_ASCII);
            if (text.endsWith("\n") && text.strip().matches("\\d{1,9}")) {
                return Integer.parseInt(text.strip());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return UNKNOWN;
    }

    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        BasicFileAttributes is =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!is.isOther()) {
            throw new FileSystemException(path.toString(), null, "it is in the way, and no socket");
        }
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
            // whoever it is, he is no server that knows of locks
            throw new AlreadyRunningException(path, UNKNOWN);
        } catch (ConnectException nobody) {
            Files.delete(path);
        } catch (SocketException otherKind) {
            // somebody listens whose socket is of messages, not of bytes
            throw new AlreadyRunningException(path, UNKNOWN);
        }
    }

    /** Gives it up. */
    @Override
    public void close() throws IOException {
        try (lock) {
            if (lock.isOpen()) {
                lock.truncate(0);
            }
        }
    }
}
