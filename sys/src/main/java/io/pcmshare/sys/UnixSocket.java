package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.pcmshare.abi.Errno;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A local socket that keeps messages apart and carries descriptors. Man page: unix(7),
 * SOCK_SEQPACKET.
 *
 * <p>Owns: its descriptor, not the file it listens at. Threads: any; those who send wait for one
 * another, as do those who receive.
 */
public final class UnixSocket implements AutoCloseable {
    private static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SHUT_RDWR = 2;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;

    private final Fd fd;
    private final ReentrantLock sending = new ReentrantLock();
    private final ReentrantLock receiving = new ReentrantLock();
    // Freed with this object rather than by close(): another thread may be receiving into it.
    private final SocketMessage outgoing = new SocketMessage(Arena.ofAuto());
    private final SocketMessage incoming = new SocketMessage(Arena.ofAuto());

    private UnixSocket(Fd fd) {
        this.fd = fd;
    }

    /** Wraps a socket that came from somewhere else, and owns it from now on. */
    public static UnixSocket take(Fd fd) {
        return new UnixSocket(fd);
    }

    /**
     * Listens at a path.
     *
     * @param path at most 107 bytes; EADDRINUSE if there is such a file, stale or not
     * @param backlog how many may wait to be accepted
     */
    public static UnixSocket listen(Path path, int backlog) throws ErrnoException {
        Fd fd = socket();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = SocketAddresses.of(arena, path);
            ErrnoException.check(
                    "bind",
                    Kernel.call(Syscall.BIND, fd.number(), address.address(), address.byteSize()),
                    "path=" + path);
            ErrnoException.check(
                    "listen", Kernel.call(Syscall.LISTEN, fd.number(), backlog), "path=" + path);
            return new UnixSocket(fd);
        } catch (ErrnoException failure) {
            fd.close();
            throw failure;
        }
    }

    /** Connects to who listens at a path; ECONNREFUSED if nobody does, ENOENT without a file. */
    public static UnixSocket connect(Path path) throws ErrnoException {
        Fd fd = socket();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = SocketAddresses.of(arena, path);
            long result =
                    Kernel.retry(
                            Syscall.CONNECT, fd.number(), address.address(), address.byteSize());
            ErrnoException.check("connect", result, "path=" + path);
            return new UnixSocket(fd);
        } catch (ErrnoException failure) {
            fd.close();
            throw failure;
        }
    }

    /** Two sockets that are connected to each other. Man page: socketpair(2). */
    public static UnixSocket[] pair() throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(JAVA_INT, 2);
            long result =
                    Kernel.retry(
                            Syscall.SOCKETPAIR,
                            SocketAddresses.AF_UNIX,
                            SOCK_SEQPACKET | SOCK_CLOEXEC,
                            0,
                            pair.address());
            ErrnoException.check("socketpair", result, "");
            return new UnixSocket[] {
                new UnixSocket(Fd.take(pair.getAtIndex(JAVA_INT, 0))),
                new UnixSocket(Fd.take(pair.getAtIndex(JAVA_INT, 1)))
            };
        }
    }

    private static Fd socket() throws ErrnoException {
        long result =
                Kernel.call(
                        Syscall.SOCKET, SocketAddresses.AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
        return Fd.take((int) ErrnoException.check("socket", result, ""));
    }

    /** Waits for the next who connects; EINVAL after {@link #shutdown()}. */
    public UnixSocket accept() throws ErrnoException {
        long result = Kernel.retry(Syscall.ACCEPT4, fd.number(), 0, 0, SOCK_CLOEXEC);
        return new UnixSocket(
                Fd.take((int) ErrnoException.check("accept4", result, "fd=" + fd.number())));
    }

    /**
     * Sends one message.
     *
     * @param fds at most 253; the receiver gets duplicates, the sender's stay its own
     * @return bytes sent, or negated errno: EPIPE or ECONNRESET (the peer is gone), EAGAIN (not in
     *     time)
     * @throws ErrnoException for any other errno
     */
    public int send(MemorySegment bytes, long length, Fd... fds) throws ErrnoException {
        if (fds.length > SocketMessage.MAX_FDS) {
            throw new IllegalArgumentException("fds=" + fds.length);
        }
        long address = Memory.readable(bytes, 0, length);
        sending.lock();
        try {
            long message = outgoing.send(address, length, fds);
            long result = Kernel.retry(Syscall.SENDMSG, fd.number(), message, MSG_NOSIGNAL);
            return expected("sendmsg", result);
        } finally {
            sending.unlock();
            Reference.reachabilityFence(bytes);
            Reference.reachabilityFence(fds);
        }
    }

    /**
     * Waits for one message.
     *
     * @param into room for it; what is longer is cut and reported
     * @throws ErrnoException for any errno but those of {@link Received#length()}
     */
    public Received receive(MemorySegment into) throws ErrnoException {
        long address = Memory.writable(into, 0, into.byteSize());
        receiving.lock();
        try {
            long message = incoming.receive(address, into.byteSize());
            long result = Kernel.retry(Syscall.RECVMSG, fd.number(), message, MSG_CMSG_CLOEXEC);
            int length = expected("recvmsg", result);
            if (length < 0) {
                return new Received(length, List.of(), false);
            }
            Received received = new Received(length, incoming.takeFds(), incoming.truncated());
            if (!received.truncated()) {
                return received;
            }
            received.closeAll();
            return new Received(length, List.of(), true);
        } finally {
            receiving.unlock();
            Reference.reachabilityFence(into);
        }
    }

    private int expected(String call, long result) throws ErrnoException {
        if (result >= 0
                || result == Errno.EAGAIN.negated()
                || result == Errno.EPIPE.negated()
                || result == Errno.ECONNRESET.negated()) {
            return (int) result;
        }
        throw new ErrnoException(call, result, "fd=" + fd.number());
    }

    /** Limits how long {@link #receive} and {@link #accept} wait; 0 for no limit. */
    public void receiveTimeout(long nanos) throws ErrnoException {
        SocketOptions.setReceiveTimeout(fd, nanos);
    }

    /** Limits how long {@link #send} waits for room; 0 for no limit. */
    public void sendTimeout(long nanos) throws ErrnoException {
        SocketOptions.setSendTimeout(fd, nanos);
    }

    /**
     * Takes no descriptors, here and at what connects to this: who sends some gets {@code EPERM}. A
     * descriptor of somebody else can make whoever closes it wait. Man page: unix(7).
     *
     * @return false before Linux 6.16, where they still arrive
     */
    public boolean refuseDescriptors() throws ErrnoException {
        return SocketOptions.refuseDescriptors(fd);
    }

    /** Who is at the other end. */
    public PeerCredentials peer() throws ErrnoException {
        return SocketOptions.peer(fd);
    }

    /** A pidfd of the other end's process; empty before Linux 6.5, or if it has been reaped. */
    public Optional<Fd> peerPidFd() throws ErrnoException {
        return SocketOptions.peerPidFd(fd);
    }

    /** Ends the conversation in both directions, and wakes threads that wait here. */
    public void shutdown() {
        // ENOTCONN is no news: there is nothing to end
        var _ = Kernel.call(Syscall.SHUTDOWN, fd.number(), SHUT_RDWR);
    }

    /** The descriptor, to poll; borrowed. */
    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
