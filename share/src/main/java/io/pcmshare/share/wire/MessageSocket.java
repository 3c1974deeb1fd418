package io.pcmshare.share.wire;

import io.pcmshare.abi.Errno;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Received;
import io.pcmshare.sys.UnixSocket;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Sends and receives messages over a socket. Owns the socket. Threads: one sends, one receives. */
public final class MessageSocket implements AutoCloseable {
    private final UnixSocket socket;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment out = arena.allocate(WireCodec.MESSAGE_BYTES, Long.BYTES);
    private final MemorySegment in = arena.allocate(2L * WireCodec.MESSAGE_BYTES, Long.BYTES);

    /**
     * A message and the descriptors that came with it, which are the receiver's to close.
     *
     * @param message what was said
     * @param fds the descriptors, in order
     */
    public record Incoming(Message message, List<Fd> fds) {
        /** Copies the list. */
        public Incoming {
            fds = List.copyOf(fds);
        }

        /** Closes every descriptor. */
        public void closeFds() {
            fds.forEach(Fd::close);
        }
    }

    /** Talks over a connected socket, and closes it in the end. */
    public MessageSocket(UnixSocket socket) {
        this.socket = socket;
    }

    /** The socket itself, still this object's. */
    public UnixSocket borrowSocket() {
        return socket;
    }

    /** Sends a message with duplicates of these descriptors. */
    public synchronized void send(Message message, List<Fd> fds) throws IOException {
        WireCodec.encode(message, out);
        int sent = socket.send(out, WireCodec.MESSAGE_BYTES, fds.toArray(Fd[]::new));
        if (sent < 0) {
            throw new ErrnoException("sendmsg", sent, "type=" + message.type());
        }
    }

    /** Sends a message without descriptors. */
    public void send(Message message) throws IOException {
        send(message, List.of());
    }

    /**
     * Waits for a message.
     *
     * @return the message, or {@code null} when the peer is gone
     * @throws ProtocolException when it is none; what came with it has been closed
     */
    public @Nullable Incoming receive() throws IOException {
        Received received = socket.receive(in);
        if (received.length() == Errno.ECONNRESET.negated()) {
            // it closed without having read everything: what it said before is still there
            received = socket.receive(in);
        }
        if (received.length() <= 0) {
            received.closeAll();
            if (received.length() == Errno.EAGAIN.negated()) {
                throw new ErrnoException("recvmsg", received.length(), "timed out");
            }
            return null;
        }
        try {
            if (received.truncated()) {
                throw new ProtocolException("message too long");
            }
            return new Incoming(WireCodec.decode(in, received.length()), received.fds());
        } catch (ProtocolException e) {
            received.closeAll();
            throw e;
        }
    }

    /** Closes the socket. Idempotent. */
    @Override
    public void close() {
        socket.close();
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
