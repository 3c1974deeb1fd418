package io.pcmshare.server;

import io.pcmshare.abi.Errno;
import io.pcmshare.share.owner.SharedStream;
import io.pcmshare.share.wire.Message;
import io.pcmshare.share.wire.MessageSocket;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.Epoll;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.EventFd;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.PeerCredentials;
import io.pcmshare.sys.UnixSocket;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntPredicate;

/**
 * Offers shared streams at a socket. Owns the socket, its file and all sessions; where the streams
 * come from is a {@link StreamSource}.
 *
 * <p>How many sessions there are, and for how long they may say nothing, is bounded by {@link
 * SessionLimits}. No client makes the control thread wait: each pass reads one message of each, and
 * nothing is sent to one that does not read.
 *
 * <p>Threads: {@link #doWork} one, the control thread; {@link #execute} any.
 */
public final class ShareServer implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int MAX_EVENTS = 32;
    private static final int MOST_ACCEPTED = 16;
    private static final long LISTENER = 0;
    private static final long WAKE = 1;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Path NOTHING = Path.of("/dev/null");
    private static final long MOST_NANOS = 3_600_000L * NANOS_PER_MILLI;

    private final @Nullable Path path;
    private final IntPredicate mayConnect;
    private final Session.Host host;
    private final UnixSocket socket;
    private final Epoll epoll;
    private final EventFd wake;
    private @Nullable Fd reserve;
    private final Map<Long, Session> sessions = new HashMap<>();
    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private long nextSession = WAKE + 1;

    /**
     * Listens, and lends one stream.
     *
     * @throws IOException where the socket cannot be made
     */
    public ShareServer(
            Path path, SharedStream stream, SessionPolicy policy, SessionListener listener)
            throws IOException {
        this(
                UnixSocket.listen(path, BACKLOG),
                path,
                new SingleStream(stream, policy),
                policy.limits(),
                uid -> uid == policy.uid(),
                listener);
    }

    /**
     * Serves those who connect to a socket that listens already, which is this object's from now
     * on.
     *
     * @param path its file, which is removed in the end; {@code null} where that is somebody else's
     * @param mayConnect whether a user may; others are closed at once
     * @throws IOException where there is no descriptor left
     */
    public ShareServer(
            UnixSocket socket,
            @Nullable Path path,
            StreamSource source,
            SessionLimits limits,
            IntPredicate mayConnect,
            SessionListener listener)
            throws IOException {
        this.path = path;
        this.mayConnect = mayConnect;
        this.host = new Session.Host(source, limits, listener, this::wakeUp);
        this.socket = socket;
        Epoll newEpoll = null;
        EventFd newWake = null;
        Fd newReserve = null;
        try {
            socket.fd().setFlags(socket.fd().getFlags() | Fd.O_NONBLOCK);
            socket.refuseDescriptors();
            newReserve = Fd.open(NOTHING, Fd.O_RDONLY);
            newEpoll = Epoll.create(MAX_EVENTS);
            newWake = EventFd.create(0);
            newEpoll.add(socket.fd(), Epoll.EPOLLIN, LISTENER);
            newEpoll.add(newWake.fd(), Epoll.EPOLLIN, WAKE);
        } catch (ErrnoException e) {
            if (newWake != null) {
                newWake.close();
            }
            if (newEpoll != null) {
                newEpoll.close();
            }
            if (newReserve != null) {
                newReserve.close();
            }
            socket.close();
            deleteFile();
            throw e;
        }
        this.epoll = newEpoll;
        this.reserve = newReserve;
        this.wake = newWake;
    }

    /** Serves what is there, or waits for it. */
    public void doWork(int timeoutMillis) throws IOException {
        int limitMillis = Math.min(enforceLimits(), millisOf(nextDeadlineNanos()));
        int count =
                epoll.wait(timeoutMillis < 0 ? limitMillis : Math.min(timeoutMillis, limitMillis));
        for (int i = 0; i < count; i++) {
            long who = epoll.data(i);
            if (who == LISTENER) {
                accept();
            } else if (who == WAKE) {
                wake.drain();
            } else {
                Session session = sessions.get(who);
                if (session != null) {
                    session.onReadable();
                }
            }
        }
        long nowNanos = Clocks.monotonicNanos();
        for (Session session : sessions()) {
            session.onStreamChanged();
            session.enforcePatience(nowNanos);
        }
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        sessions.values().removeIf(Session::isClosed);
    }

    /** Takes back what is over; answers after how many milliseconds to look again. */
    private int enforceLimits() throws IOException {
        long nanos = Long.MAX_VALUE;
        for (Session session : sessions()) {
            SharedStream stream = session.stream();
            if (stream != null) {
                nanos = Math.min(nanos, stream.enforceLimits());
            }
        }
        return millisOf(nanos);
    }

    /** How long the client that owes something first may still take, nanoseconds. */
    private long nextDeadlineNanos() {
        long nextNanos = Long.MAX_VALUE;
        for (Session session : sessions.values()) {
            nextNanos = Math.min(nextNanos, session.deadlineNanos());
        }
        return nextNanos == Long.MAX_VALUE
                ? nextNanos
                : Math.max(0, nextNanos - Clocks.monotonicNanos());
    }

    private static int millisOf(long nanos) {
        return (int) Math.ceilDiv(Math.min(nanos, MOST_NANOS), NANOS_PER_MILLI);
    }

    /** Runs something on the control thread. */
    public void execute(Runnable command) {
        commands.add(command);
        wakeUp();
    }

    /** Makes {@link #doWork} return. */
    public void wakeUp() {
        // a full counter has the same effect, so its refusal does not matter
        wake.add(1);
    }

    /** The sessions that are not over. */
    public List<Session> sessions() {
        return new ArrayList<>(sessions.values());
    }

    /** Those who wait, but not so many that sessions would have to wait for them. */
    private void accept() throws ErrnoException {
        for (int i = 0; i < MOST_ACCEPTED; i++) {
            try {
                admit(socket.accept());
            } catch (ErrnoException e) {
                if (e.is(Errno.EAGAIN)) {
                    return;
                }
                if (!e.is(Errno.EMFILE) && !e.is(Errno.ENFILE)) {
                    throw e;
                }
                turnAway();
                return;
            }
        }
    }

    private void admit(UnixSocket accepted) {
        try {
            PeerCredentials peer = accepted.peer();
            if (!mayConnect.test(peer.uid())) {
                accepted.close();
                return;
            }
            Errno refusal = refusalOf(peer);
            // who does not read is dropped when his socket is full: nobody waits for him
            accepted.fd().setFlags(accepted.fd().getFlags() | Fd.O_NONBLOCK);
            MessageSocket client = new MessageSocket(accepted);
            if (refusal != null) {
                try (client) {
                    client.send(new Message.Refused(refusal.value()));
                }
                return;
            }
            long id = nextSession++;
            epoll.add(accepted.fd(), Epoll.EPOLLIN, id);
            sessions.put(id, new Session(client, peer, host));
        } catch (IOException e) {
            // whatever was wrong with this one, others are served
            accepted.close();
        }
    }

    private @Nullable Errno refusalOf(PeerCredentials peer) {
        long ofProcess =
                sessions.values().stream().filter(s -> s.peer().pid() == peer.pid()).count();
        if (ofProcess >= host.limits().perProcess()) {
            return Errno.EMFILE;
        }
        return sessions.size() >= host.limits().sessions() ? Errno.EAGAIN : null;
    }

    /** Without a free descriptor nobody can be told to go: one is kept for that. */
    private void turnAway() throws ErrnoException {
        if (reserve != null) {
            reserve.close();
            reserve = null;
        }
        try {
            socket.accept().close();
            reserve = Fd.open(NOTHING, Fd.O_RDONLY);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EMFILE) && !e.is(Errno.ENFILE) && !e.is(Errno.EAGAIN)) {
                throw e;
            }
            // somebody of this process took it; the next pass tries again
        }
    }

    /** Ends all sessions, closes the socket and removes its file. */
    @Override
    public void close() throws IOException {
        for (Session session : sessions()) {
            session.close();
        }
        sessions.clear();
        epoll.close();
        wake.close();
        socket.close();
        if (reserve != null) {
            reserve.close();
            reserve = null;
        }
        deleteFile();
    }

    private void deleteFile() throws IOException {
        if (path != null) {
            Files.deleteIfExists(path);
        }
    }
}
