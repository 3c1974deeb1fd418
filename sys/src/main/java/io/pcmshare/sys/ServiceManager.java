package io.pcmshare.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What systemd, or whoever does as it does, gives a service, and is told by it. Man pages:
 * sd_listen_fds(3), sd_notify(3).
 *
 * <p>Threads: any; {@link #takeSockets} once.
 */
public final class ServiceManager {
    private static final int FIRST_FD = 3;
    private static final int MOST_FDS = 64;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int PATH_OFFSET = 2;
    private static final int PATH_BYTES = 108;

    private final Map<String, String> environment;
    private final long pid;

    /** That of this process. */
    public static ServiceManager ofProcess() {
        return new ServiceManager(System.getenv(), ProcessHandle.current().pid());
    }

    /** One that says so. */
    ServiceManager(Map<String, String> environment, long pid) {
        this.environment = Map.copyOf(environment);
        this.pid = pid;
    }

    /**
     * A socket that listens already.
     *
     * @param name what the manager calls it; empty where it does not say
     * @param fd the caller's
     */
    public record Named(String name, Fd fd) {}

    /** Sockets that were handed to this process, the caller's from now on; none for most. */
    public List<Named> takeSockets() {
        if (!environment.getOrDefault("LISTEN_PID", "").equals(Long.toString(pid))) {
            return List.of();
        }
        int count = number(environment.getOrDefault("LISTEN_FDS", ""));
        String[] names = environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1);
        List<Named> sockets = new ArrayList<>();
        for (int i = 0; i < Math.min(count, MOST_FDS); i++) {
            String name = i < names.length ? names[i] : "";
            sockets.add(new Named(name, Fd.take(FIRST_FD + i)));
        }
        return sockets;
    }

    private static int number(String text) {
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    }

    /** Says {@code READY=1}; whether somebody wanted to know. */
    public boolean ready() throws ErrnoException {
        return say("READY=1");
    }

    /** Says {@code STOPPING=1}; whether somebody wanted to know. */
    public boolean stopping() throws ErrnoException {
        return say("STOPPING=1");
    }

    /** Says {@code RELOADING=1}, which {@link #ready} ends; whether somebody wanted to know. */
    public boolean reloading() throws ErrnoException {
        return say("RELOADING=1\nMONOTONIC_USEC=" + Clocks.monotonicNanos() / 1000);
    }

    private boolean say(String words) throws ErrnoException {
        String address = environment.get("NOTIFY_SOCKET");
        if (address == null || address.length() < 2 || address.length() >= PATH_BYTES) {
            return false;
        }
        try (Arena arena = Arena.ofConfined();
                Fd socket = socket()) {
            MemorySegment to = addressOf(address, arena);
            MemorySegment text = arena.allocateFrom(words, StandardCharsets.US_ASCII);
            ErrnoException.check(
                    "sendto",
                    Kernel.call(
                            Syscall.SENDTO,
                            socket.number(),
                            text.address(),
                            text.byteSize() - 1,
                            MSG_NOSIGNAL,
                            to.address(),
                            to.byteSize()),
                    "NOTIFY_SOCKET=" + address);
            return true;
        }
    }

    private static Fd socket() throws ErrnoException {
        return Fd.take(
                (int)
                        ErrnoException.check(
                                "socket",
                                Kernel.call(
                                        Syscall.SOCKET,
                                        SocketAddresses.AF_UNIX,
                                        SOCK_DGRAM | SOCK_CLOEXEC,
                                        0),
                                "SOCK_DGRAM"));
    }

    /** Of a file, or where it begins with {@code @} of a name without one. */
    private static MemorySegment addressOf(String address, Arena arena) {
        byte[] name = address.getBytes(StandardCharsets.UTF_8);
        if (name[0] == '@') {
            name[0] = 0;
        }
        MemorySegment to = arena.allocate(PATH_OFFSET + name.length);
        to.set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, SocketAddresses.AF_UNIX);
        MemorySegment.copy(name, 0, to, ValueLayout.JAVA_BYTE, PATH_OFFSET, name.length);
        return to;
    }
}
