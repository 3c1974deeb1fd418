package io.pcmshare.server;

import io.pcmshare.share.owner.SharedStream;
import io.pcmshare.share.wire.MessageSocket;
import io.pcmshare.sys.Epoll;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.EventFd;
import io.pcmshare.sys.PeerCredentials;
import io.pcmshare.sys.UnixSocket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Offers one shared stream at a socket. Owns the socket, its file and all sessions; the stream
 * stays its owner's.
 *
 * <p>Threads: {@link #doWork} one, the control thread; {@link #execute} any.
 */
public final class ShareServer implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int MAX_EVENTS = 32;
    private static final long LISTENER = 0;
    private static final long WAKE = 1;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MOST_NANOS = 3_600_000L * NANOS_PER_MILLI;

    private final Path path;
    private final SharedStream stream;
    private final SessionPolicy policy;
    private final SessionListener listener;
    private final UnixSocket socket;
    private final Epoll epoll;
    private final EventFd wake;
    private final Map<Long, Session> sessions = new HashMap<>();
    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private long nextSession = WAKE + 1;

    /**
     * Listens.
     *
     * @throws IOException where the socket cannot be made
     */
    public ShareServer(
            Path path, SharedStream stream, SessionPolicy policy, SessionListener listener)
            throws IOException {
        this.path = path;
        this.stream = stream;
        this.policy = policy;
        this.listener = listener;
        this.socket = UnixSocket.listen(path, BACKLOG);
        Epoll newEpoll = null;
        EventFd newWake = null;
        try {
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
            socket.close();
            Files.deleteIfExists(path);
            throw e;
        }
        this.epoll = newEpoll;
        stream.onLimitDue(this::wakeUp);
        this.wake = newWake;
    }

    /** Serves what is there, or waits for it. */
    public void doWork(int timeoutMillis) throws IOException {
        int limitMillis = enforceLimits();
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
        for (Session session : List.copyOf(sessions.values())) {
            session.onStreamChanged();
        }
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        sessions.values().removeIf(Session::isClosed);
    }

    /** Takes back what is over; answers after how many milliseconds to look again. */
    private int enforceLimits() throws IOException {
        long nextNanos = stream.enforceLimits();
        long millis = Math.ceilDiv(Math.min(nextNanos, MOST_NANOS), NANOS_PER_MILLI);
        return (int) millis;
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

    private void accept() throws IOException {
        UnixSocket accepted = socket.accept();
        try {
            PeerCredentials peer = accepted.peer();
            if (peer.uid() != policy.uid()) {
                accepted.close();
                return;
            }
            long id = nextSession++;
            epoll.add(accepted.fd(), Epoll.EPOLLIN, id);
            sessions.put(
                    id,
                    new Session(
                            new MessageSocket(accepted),
                            peer,
                            stream,
                            policy,
                            listener,
                            this::wakeUp));
        } catch (ErrnoException e) {
            accepted.close();
            throw e;
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
        Files.deleteIfExists(path);
    }
}
