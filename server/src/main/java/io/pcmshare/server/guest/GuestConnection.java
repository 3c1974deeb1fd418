package io.pcmshare.server.guest;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.server.patch.Bay;
import io.pcmshare.share.Right;
import io.pcmshare.share.wire.ProtocolException;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.ProcessMemory;
import io.pcmshare.sys.Received;
import io.pcmshare.sys.UnixSocket;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One guest: whoever hands it over, and then its programs. Owns the connection. Threads: {@link
 * #serve} one; {@link #stop}, {@link #pause} and {@link #revoke} any.
 */
final class GuestConnection implements GuestHolder {
    private static final System.Logger LOG = System.getLogger(GuestConnection.class.getName());

    /** So long whoever connects may take to say what he wants. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private static final String LISTENER = "anon_inode:seccomp notify";

    private final UnixSocket socket;
    private final int pid;
    private final GuestSocket.Doors doors;
    private final GuestHost host;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile GuestHost.@Nullable Guest guest;
    private volatile boolean stopped;

    /** Of the message that was received last. */
    private int lastNumber;

    GuestConnection(UnixSocket socket, int pid, GuestSocket.Doors doors, GuestHost host) {
        this.socket = socket;
        this.pid = pid;
        this.doors = doors;
        this.host = host;
    }

    /** Does everything, from the first word to the end of the last program. */
    void serve() {
        try (socket) {
            socket.receiveTimeout(PATIENCE_NANOS);
            socket.sendTimeout(PATIENCE_NANOS);
            receive(GuestMessage.Type.HELLO, 0).closeAll();
            String obstacle = obstacle();
            if (obstacle != null) {
                send(GuestMessage.refused(Errno.EPERM.value(), obstacle));
                return;
            }
            send(GuestMessage.of(GuestMessage.Type.WELCOME));
            host();
        } catch (IOException | RuntimeException e) {
            // whatever was wrong with this one, the others are served
            LOG.log(System.Logger.Level.INFO, "guest of pid={0}: {1}", Integer.toString(pid), e);
        } finally {
            ended.countDown();
        }
    }

    /** What we would not be able to do for its programs; {@code null} where nothing is. */
    private @Nullable String obstacle() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocate(1);
            // nothing is at address 0: EFAULT says that we would be let
            long answer = ProcessMemory.readv(pid, 0, one, 0, 1);
            if (isRefused(answer)) {
                answer = ProcessMemory.read(pid, 0, one, 0, 1);
            }
            return isRefused(answer)
                    ? "The server may not read the memory of your programs: it has to be the same"
                            + " user with kernel.yama.ptrace_scope=0, or have CAP_SYS_PTRACE;"
                            + " 'pcmshare doctor' says more."
                    : null;
        }
    }

    private static boolean isRefused(long answer) {
        return answer == Errno.EPERM.negated()
                || answer == Errno.EACCES.negated()
                || answer == Errno.ENOSYS.negated();
    }

    private void host() throws IOException {
        Received received = receive(GuestMessage.Type.PROGRAM, 1);
        Fd listener = received.fds().getFirst();
        Set<Right> denied = GuestQuestions.of(lastNumber);
        try {
            if (!listener.target().equals(LISTENER)) {
                listener.close();
                send(GuestMessage.refused(Errno.EINVAL.value(), "That is no listener."));
                return;
            }
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        try (GuestHost.Guest taken = host.take(listener, denied, doors.open(this))) {
            guest = taken;
            if (stopped) {
                return;
            }
            // whoever handed it over may be gone already: its programs live on
            var _ = trySend(GuestMessage.of(GuestMessage.Type.SERVED));
            Bay.serveGuest(taken::run);
            if (!stopped) {
                var _ = trySend(GuestMessage.of(GuestMessage.Type.ENDED));
            }
        } finally {
            guest = null;
        }
    }

    private Received receive(GuestMessage.Type type, int descriptors) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = GuestMessage.room(arena);
            Received received = socket.receive(bytes);
            try {
                if (received.length() < 0) {
                    throw new ErrnoException("recvmsg", received.length(), "pid=" + pid);
                }
                GuestMessage message = GuestMessage.decode(bytes, received.length());
                if (message.type() != type || received.fds().size() != descriptors) {
                    throw new ProtocolException(
                            "type=" + message.type() + ", descriptors=" + received.fds().size());
                }
                lastNumber = message.number();
                return received;
            } catch (IOException e) {
                received.closeAll();
                throw e;
            }
        }
    }

    private void send(GuestMessage message) throws IOException {
        int sent = trySend(message);
        if (sent < 0) {
            throw new ErrnoException("sendmsg", sent, "pid=" + pid);
        }
    }

    private int trySend(GuestMessage message) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = GuestMessage.room(arena);
            message.encode(bytes);
            return socket.send(bytes, GuestMessage.BYTES);
        }
    }

    /** Instead of {@link #serve}, without waiting for a word. */
    void turnAway(Errno errno, String why) {
        try (socket) {
            socket.sendTimeout(1);
            send(GuestMessage.refused(errno.value(), why));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "guest of pid={0}: {1}", Integer.toString(pid), e);
        }
    }

    /** Has it end soon. */
    void stop() {
        stopped = true;
        GuestHost.Guest served = guest;
        if (served != null) {
            served.stop();
        } else {
            socket.shutdown();
        }
    }

    void awaitEnd(long millis) {
        try {
            // one whose memory never comes is left behind: its thread ends with the process
            var _ = ended.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void revoke(Substream stream) {
        GuestHost.Guest served = guest;
        if (served != null) {
            served.revoke(stream);
        }
    }

    @Override
    public void pause(Runnable done) {
        GuestHost.Guest served = guest;
        if (served != null) {
            served.pause(done);
        } else {
            done.run();
        }
    }
}
