package io.pcmshare.cli.demo;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.MmapOffset;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.client.StreamMemory;
import io.pcmshare.share.Permission;
import io.pcmshare.share.Permissions;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Mapping;
import io.pcmshare.sys.Memfd;
import io.pcmshare.sys.ProcessMemory;
import io.pcmshare.sys.Syscall;
import io.pcmshare.sys.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tries what the client must not be able to do, as an attacker who took it over would. */
final class Attempts {
    private static final int AT_FDCWD = -100;
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int PTRACE_ATTACH = 16;
    private static final int F_ADD_SEALS = 1033;
    private static final long PAGE = 4096;
    private static final int IOCTL_ARGUMENT_BYTES = 1024;
    private static final int PROT_RW = Mapping.PROT_READ | Mapping.PROT_WRITE;

    private final int serverPid;
    private final StreamMemory memory;
    private final Arena arena;
    private final List<Attempt> made = new ArrayList<>();

    private Attempts(int serverPid, StreamMemory memory, Arena arena) {
        this.serverPid = serverPid;
        this.memory = memory;
        this.arena = arena;
    }

    static List<Attempt> make(int serverPid, StreamMemory memory) {
        try (Arena arena = Arena.ofConfined()) {
            Attempts attempts = new Attempts(serverPid, memory, arena);
            attempts.theSystem();
            attempts.theServer();
            attempts.calls();
            attempts.pages();
            attempts.theMemoryItself();
            return List.copyOf(attempts.made);
        }
    }

    private void theSystem() {
        MemorySegment path = arena.allocateFrom("/etc/passwd");
        attempt(
                "open /etc/passwd",
                Errno.EACCES,
                "sandbox",
                call(Syscall.OPENAT, AT_FDCWD, path.address(), Fd.O_RDONLY));
        attempt(
                "open a network socket",
                Errno.EPERM,
                "sandbox",
                call(Syscall.SOCKET, AF_INET, SOCK_STREAM));
        MemorySegment program = arena.allocateFrom("/bin/true");
        attempt(
                "run another program",
                Errno.EPERM,
                "sandbox",
                call(Syscall.EXECVE, program.address()));
    }

    private void theServer() {
        MemorySegment word = arena.allocate(Long.BYTES, Long.BYTES);
        attempt(
                "read the server's memory",
                Errno.EPERM,
                "sandbox",
                errnoOf(ProcessMemory.readv(serverPid, PAGE, word, 0, word.byteSize())));
        attempt("signal the server", Errno.EPERM, "sandbox", call(Syscall.KILL, serverPid));
        attempt(
                "trace the server",
                Errno.EPERM,
                "sandbox",
                call(Syscall.PTRACE, PTRACE_ATTACH, serverPid));
    }

    /** Every ioctl of every group; a descriptor that is nothing but memory has none to offer. */
    private void calls() {
        Permissions own = memory.permissions();
        for (Permission permission : Permission.values()) {
            List<PcmIoctl> ioctls = Permissions.of(permission).ioctls().stream().sorted().toList();
            if (ioctls.isEmpty() || own.has(permission)) {
                continue;
            }
            List<Integer> answers = ioctls.stream().map(this::ioctl).toList();
            String what =
                    permission == Permission.DUP
                            ? "dup wider than itself (2 encodings)"
                            : permission + " by ioctl (" + ioctls.size() + " calls)";
            made.add(
                    new Attempt(
                            what, answers, Errno.ENOTTY.value(), "the descriptor: memory only"));
        }
    }

    private int ioctl(PcmIoctl ioctl) {
        MemorySegment argument = arena.allocate(IOCTL_ARGUMENT_BYTES, Long.BYTES);
        int request = ioctl.request(DataModel.LP64);
        return errnoOf(Syscalls.ioctl(memory.borrowRingFd(), request, argument));
    }

    private void pages() {
        Fd ring = memory.borrowRingFd();
        List<Integer> answers =
                Stream.of(
                                MmapOffset.STATUS_OLD,
                                MmapOffset.CONTROL_OLD,
                                MmapOffset.STATUS_NEW,
                                MmapOffset.CONTROL_NEW)
                        .map(offset -> map(ring, offset, Mapping.PROT_READ))
                        .toList();
        made.add(
                new Attempt(
                        "map pages through the ring (4 offsets)",
                        answers,
                        Errno.EPERM.value(),
                        "sandbox"));
        Fd status = memory.borrowStatusFd();
        if (status != null) {
            attempt("map the status page writable", Errno.EPERM, "seal", map(status, 0, PROT_RW));
        }
    }

    private static int map(Fd fd, long offset, int prot) {
        return Mapping.tryMap(fd, offset, PAGE, prot, Mapping.MAP_SHARED);
    }

    private void theMemoryItself() {
        int ring = memory.borrowRingFd().number();
        attempt("shrink the ring", Errno.EPERM, "seal", call(Syscall.FTRUNCATE, ring, 0));
        attempt(
                "change the ring's seals",
                Errno.EPERM,
                "sandbox, seal",
                call(Syscall.FCNTL, ring, F_ADD_SEALS, Memfd.F_SEAL_WRITE));
        MemorySegment self = arena.allocateFrom("/proc/self/fd/" + ring);
        attempt(
                "open the descriptor anew",
                Errno.EACCES,
                "sandbox",
                call(Syscall.OPENAT, AT_FDCWD, self.address(), Fd.O_RDWR));
    }

    private void attempt(String what, Errno expected, String refusedBy, int answer) {
        made.add(new Attempt(what, List.of(answer), expected.value(), refusedBy));
    }

    private static int call(Syscall call, long... arguments) {
        return errnoOf(Syscalls.call(call, arguments));
    }

    private static int errnoOf(long result) {
        return result < 0 ? (int) -result : 0;
    }
}
