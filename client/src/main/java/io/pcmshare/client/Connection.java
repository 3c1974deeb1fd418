package io.pcmshare.client;

import io.pcmshare.abi.Errno;
import io.pcmshare.share.wire.Message;
import io.pcmshare.share.wire.MessageSocket;
import io.pcmshare.share.wire.ProtocolException;
import io.pcmshare.share.wire.StreamCall;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Poll;
import io.pcmshare.sys.UnixSocket;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A client's connection to a server. Owns the socket.
 *
 * <p>{@link #open} may be called before a client confines itself, everything else after: it needs
 * nothing but the socket. Threads: one.
 */
public final class Connection implements AutoCloseable {
    private final MessageSocket socket;
    private @Nullable Message held;

    private Connection(MessageSocket socket) {
        this.socket = socket;
    }

    /** Connects; nothing is said yet. */
    public static Connection open(Path path) throws IOException {
        return new Connection(new MessageSocket(UnixSocket.connect(path)));
    }

    /** Talks over a socket that is connected already, and closes it in the end. */
    public static Connection over(UnixSocket socket) {
        return new Connection(new MessageSocket(socket));
    }

    /**
     * Introduces the client and takes what it is given.
     *
     * @param confined whether this process has given up everything else
     * @throws DeniedException when it is given nothing
     */
    public StreamMemory request(boolean confined) throws IOException {
        tell(new Message.Hello(confined));
        return takeOffer();
    }

    /**
     * Asks for a stream and takes it.
     *
     * @throws DeniedException when it is not given
     */
    public StreamMemory request(StreamOptions options) throws IOException {
        tell(options.message(false));
        return takeOffer();
    }

    private StreamMemory takeOffer() throws IOException {
        MessageSocket.Incoming incoming = receive();
        if (incoming.message() instanceof Message.Offer offer) {
            return StreamMemory.take(offer, incoming.fds());
        }
        incoming.closeFds();
        throw unexpected(incoming.message());
    }

    /**
     * Has something done with the stream.
     *
     * @throws DeniedException when it is not
     */
    void call(StreamCall what, int argument) throws IOException {
        tell(new Message.Call(what.code(), argument));
        expectResult(what.code(), what.name());
    }

    /** Sets the stream's volume. */
    void volume(boolean muted, double decibels) throws IOException {
        tell(new Message.Volume(muted, decibels));
        expectResult(0, "volume");
    }

    private void expectResult(int what, String name) throws IOException {
        Message message = expectMessage();
        // of a drain that was asked for before it
        while (message instanceof Message.Finished) {
            message = expectMessage();
        }
        if (!(message instanceof Message.Result(int told, int answer)) || told != what) {
            throw unexpected(message);
        }
        if (answer < 0) {
            throw new DeniedException(
                    Objects.requireNonNullElse(Errno.of(-answer), Errno.EIO), name);
        }
    }

    /**
     * Says that the ring holds the first frames, and waits for the start.
     *
     * @return {@code CLOCK_MONOTONIC} at frame 0, nanoseconds
     */
    public long start(long frames) throws IOException {
        tell(new Message.Ready(frames));
        Message message = expectMessage();
        if (message instanceof Message.Begin(long startNanos)) {
            return startNanos;
        }
        throw unexpected(message);
    }

    /**
     * Says that nothing follows, and waits until everything was heard.
     *
     * @return frames that were heard
     */
    public long finish(long frames) throws IOException {
        tell(new Message.Done(frames));
        Message message = expectMessage();
        if (message instanceof Message.Finished(long heard)) {
            return heard;
        }
        throw unexpected(message);
    }

    /** A server that is gone has said why before it went: that is read next. */
    private void tell(Message message) throws IOException {
        try {
            socket.send(message);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EPIPE) && !e.is(Errno.ECONNRESET)) {
                throw e;
            }
        }
    }

    /** Whether the server has said something that nobody asked for, or is gone. Does not wait. */
    boolean hasNews() {
        return Poll.once(socket.borrowSocket().fd(), Poll.POLLIN, 0) != 0;
    }

    /** Waits for the server to say why the memory stands still. */
    public PcmException reasonOfEnd() throws IOException {
        return unexpected(expectMessage());
    }

    /** The next message that is an answer. Memory comes unasked: who does not play lets it be. */
    private Message expectMessage() throws IOException {
        Message message = held;
        held = null;
        while (message == null || message instanceof Message.Memory) {
            MessageSocket.Incoming incoming = receive();
            incoming.closeFds();
            message = incoming.message();
        }
        return message;
    }

    /**
     * Takes what the server has said unasked.
     *
     * @return descriptors of other memory, the caller's; {@code null} for something else, which
     *     {@link #reasonOfEnd} then tells
     */
    @Nullable List<Fd> takeMemory() throws IOException {
        MessageSocket.Incoming incoming = receive();
        if (incoming.message() instanceof Message.Memory) {
            return incoming.fds();
        }
        incoming.closeFds();
        held = incoming.message();
        return null;
    }

    /** Says that the other memory holds everything. */
    void moved() throws IOException {
        tell(new Message.Moved());
    }

    private MessageSocket.Incoming receive() throws IOException {
        MessageSocket.Incoming incoming = socket.receive();
        if (incoming == null) {
            throw new DisconnectedException("server gone", -1);
        }
        return incoming;
    }

    private static PcmException unexpected(Message message) throws ProtocolException {
        return switch (message) {
            case Message.Refused(int number) -> {
                Errno errno = Errno.of(number);
                yield new DeniedException(errno == null ? Errno.EIO : errno, "server refused");
            }
            case Message.Revoked(long hwPtr) -> new DisconnectedException("grant revoked", hwPtr);
            case Message.Hello _,
                    Message.Offer _,
                    Message.Ready _,
                    Message.Begin _,
                    Message.Done _,
                    Message.Memory _,
                    Message.Moved _,
                    Message.Open _,
                    Message.Call _,
                    Message.Result _,
                    Message.Volume _,
                    Message.Finished _ ->
                    throw new ProtocolException("out of turn: " + message);
        };
    }

    /** Closes the socket: the server frees everything. Idempotent. */
    @Override
    public void close() {
        socket.close();
    }
}
