package io.pcmshare.server.guest;

import io.pcmshare.abi.Errno;
import io.pcmshare.share.Right;
import io.pcmshare.share.wire.ProtocolException;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Received;
import io.pcmshare.sys.UnixSocket;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Set;

/**
 * Whoever hands programs over to a server: first asks whether he may, then sends the listener. The
 * connection lasts as long as they are served. Owns the connection. Threads: one.
 */
public final class GuestClient implements AutoCloseable {
    private final UnixSocket socket;

    private GuestClient(UnixSocket socket) {
        this.socket = socket;
    }

    /**
     * Connects, and asks.
     *
     * @throws GuestRefusedException with the server's sentence
     * @throws IOException where no server is there
     */
    public static GuestClient connect(Path path) throws IOException {
        UnixSocket socket = UnixSocket.connect(path);
        try {
            GuestClient client = new GuestClient(socket);
            client.send(GuestMessage.of(GuestMessage.Type.HELLO));
            client.expect(GuestMessage.Type.WELCOME);
            return client;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Hands programs over.
     *
     * @param listener where their calls wait; borrowed
     * @param denied questions that are answered with no, whatever the server's policy says
     * @throws GuestRefusedException with the server's sentence
     */
    public void handOver(Fd listener, Set<Right> denied) throws IOException {
        int bits = GuestQuestions.bits(denied);
        send(new GuestMessage(GuestMessage.Type.PROGRAM, bits, ""), listener);
        expect(GuestMessage.Type.SERVED);
    }

    /** Readable once they are served no more, borrowed: nobody is left, or the server is gone. */
    public Fd borrowEnd() {
        return socket.fd();
    }

    /**
     * Waits until they are served no more.
     *
     * @return whether the last of them has ended; otherwise the server has
     */
    public boolean awaitEnd() {
        try {
            expect(GuestMessage.Type.ENDED);
            return true;
        } catch (IOException gone) {
            return false; // it hung up, or does not know what it says
        }
    }

    private void send(GuestMessage message, Fd... descriptors) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = GuestMessage.room(arena);
            message.encode(bytes);
            int sent = socket.send(bytes, GuestMessage.BYTES, descriptors);
            if (sent < 0 && sent != Errno.EPIPE.negated()) {
                throw new ErrnoException("sendmsg", sent, "the server is gone");
            }
            // one that has hung up may have said why
        }
    }

    private void expect(GuestMessage.Type type) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = GuestMessage.room(arena);
            Received received = socket.receive(bytes);
            if (received.length() == Errno.ECONNRESET.negated()) {
                // it hung up before it had read us; what it had said comes behind that error
                received = socket.receive(bytes);
            }
            received.closeAll();
            if (received.length() <= 0) {
                throw new ErrnoException(
                        "recvmsg", Errno.ECONNRESET.negated(), "the server hung up");
            }
            GuestMessage answer = GuestMessage.decode(bytes, received.length());
            if (answer.type() == GuestMessage.Type.REFUSED) {
                throw new GuestRefusedException(answer.text());
            }
            if (answer.type() != type) {
                throw new ProtocolException("type=" + answer.type());
            }
        }
    }

    /** Hangs up; programs that were handed over are served on. */
    @Override
    public void close() {
        socket.close();
    }
}
