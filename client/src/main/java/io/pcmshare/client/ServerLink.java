package io.pcmshare.client;

import io.pcmshare.abi.Errno;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A connection to a server with a stream on it, which is made again when the server has gone and
 * come back. Owns both. Threads: one.
 */
final class ServerLink implements AutoCloseable {
    private static final long FIRST_PAUSE_NANOS = 5_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 250_000_000L;

    private final Path socket;
    private final StreamOptions options;
    private final long patienceNanos;
    private @Nullable Connection connection;
    private @Nullable StreamMemory memory;
    private @Nullable PageLink pages;

    /**
     * No connection yet.
     *
     * @param patienceNanos for how long a server that has gone may take to come back; 0 for not at
     *     all
     */
    ServerLink(Path socket, StreamOptions options, long patienceNanos) {
        this.socket = socket;
        this.options = options;
        this.patienceNanos = patienceNanos;
    }

    /**
     * Connects and asks for the stream.
     *
     * @throws DeniedException where it is not given
     */
    void open() throws IOException {
        Connection opened = Connection.open(socket);
        try {
            StreamMemory given = opened.request(options);
            connection = opened;
            memory = given;
            pages = new PageLink(opened, given);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Connects again, as soon as there is a server; what is mapped stays until that.
     *
     * @param cause what is thrown where there is none in time
     */
    void reopen(DisconnectedException cause) throws IOException {
        long untilNanos = Clocks.monotonicNanos() + patienceNanos;
        long pauseNanos = FIRST_PAUSE_NANOS;
        Connection old = connection;
        if (old != null) {
            old.close();
        }
        while (Clocks.monotonicNanos() < untilNanos) {
            try {
                open();
                return;
            } catch (DisconnectedException gone) {
                cause.addSuppressed(gone); // it went again meanwhile
            } catch (ErrnoException e) {
                if (!e.is(Errno.ECONNREFUSED)
                        && !e.is(Errno.ENOENT)
                        && !e.is(Errno.ECONNRESET)
                        && !e.is(Errno.EPIPE)) {
                    throw e;
                }
            }
            Clocks.sleepUntilMonotonic(Clocks.monotonicNanos() + pauseNanos);
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        }
        throw cause;
    }

    Connection connection() {
        return require(connection);
    }

    StreamMemory memory() {
        return require(memory);
    }

    PageLink pages() {
        return require(pages);
    }

    private static <T> T require(@Nullable T open) {
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
            memory = null;
        }
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
