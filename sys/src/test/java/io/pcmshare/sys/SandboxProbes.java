package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a confined program might try, each answered with the kernel's result or negated errno. None
 * does harm where it is allowed: arguments are chosen so that the kernel then answers with another
 * errno, or with success that is taken back.
 */
final class SandboxProbes {
    private static final int READ = Mapping.PROT_READ;
    private static final int PTRACE_DETACH = 17;
    private static final int TCGETS = 0x5401;
    private static final int PCM_PVERSION = 0x80044100;
    private static final int CLONE_SIGHAND_WITHOUT_VM = 0x800;
    private static final int PR_GET_DUMPABLE = 3;
    private static final int F_GETOWN = 9;
    private static final long STATUS_PAGE = 0x82000000L;

    private final Map<String, LongSupplier> probes = new LinkedHashMap<>();
    private final Arena arena = Arena.ofAuto();
    private final Fd memory;
    private final UnixSocket[] pair;
    private final int self = (int) ProcessHandle.current().pid();
    private final int parent =
            (int) ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L).longValue();

    SandboxProbes() throws IOException {
        memory = Memfd.create("ring", 0x84000000L);
        Memfd.addSeals(memory, Memfd.F_SEAL_SHRINK | Memfd.F_SEAL_GROW);
        pair = UnixSocket.pair();
        files();
        processes();
        descriptors();
    }

    private void files() {
        long file = text("/etc/passwd");
        long ring = text("/proc/self/fd/" + memory.number());
        probe("openat", () -> opened(Syscalls.call(Syscall.OPENAT, Fd.AT_FDCWD, file, 0)));
        probe("reopen", () -> opened(Syscalls.call(Syscall.OPENAT, Fd.AT_FDCWD, ring, 2)));
        probe("stat", () -> Syscalls.call(Syscall.FACCESSAT, Fd.AT_FDCWD, file, 0));
        probe("unlink", () -> Syscalls.call(Syscall.UNLINKAT, Fd.AT_FDCWD, text("/no/file"), 0));
        probe("socket", () -> opened(Syscalls.call(Syscall.SOCKET, 1, 1, 0)));
        probe("connect", () -> Syscalls.call(Syscall.CONNECT, -1, 0, 0));
        probe("memfd_create", () -> opened(Syscalls.call(Syscall.MEMFD_CREATE, text("x"), 0)));
        probe("io_uring", () -> Syscalls.call(Syscall.IO_URING_SETUP, 0, 0));
    }

    private void processes() {
        long word = arena.allocate(JAVA_LONG).address();
        long vector = new IoVector(arena).set(word, 8);
        probe("execve", () -> Syscalls.call(Syscall.EXECVE, text("/no/program"), 0, 0));
        probe("clone", () -> Syscalls.call(Syscall.CLONE, CLONE_SIGHAND_WITHOUT_VM, 0, 0, 0, 0));
        probe("clone3", () -> Syscalls.call(Syscall.CLONE3, 0, 0));
        probe("kill", () -> Syscalls.call(Syscall.KILL, self, 0));
        probe("tgkill others", () -> Syscalls.call(Syscall.TGKILL, parent, parent, 0));
        probe("tgkill own", () -> Syscalls.call(Syscall.TGKILL, self, self, 0));
        probe("tkill", () -> Syscalls.call(Syscall.TKILL, self, 0));
        probe("ptrace", () -> Syscalls.call(Syscall.PTRACE, PTRACE_DETACH, -1, 0, 0));
        probe(
                "process_vm_readv",
                () -> Syscalls.call(Syscall.PROCESS_VM_READV, self, vector, 1, vector, 1, 0));
        probe("pidfd_open", () -> opened(Syscalls.call(Syscall.PIDFD_OPEN, self, 0)));
        probe("prctl", () -> Syscalls.call(Syscall.PRCTL, PR_GET_DUMPABLE));
        probe("affinity", () -> Syscalls.call(Syscall.SCHED_SETAFFINITY, -1, 0, 0));
    }

    private void descriptors() {
        MemorySegment bytes = arena.allocate(8);
        probe("ioctl A", () -> Syscalls.ioctl(memory, PCM_PVERSION, bytes));
        probe("ioctl T", () -> Syscalls.ioctl(memory, TCGETS, arena.allocate(64)));
        probe("fcntl", () -> Syscalls.call(Syscall.FCNTL, memory.number(), F_GETOWN, 0));
        probe("shrink", () -> Syscalls.call(Syscall.FTRUNCATE, memory.number(), 0));
        probe("map ring", () -> map(0, READ));
        probe("map status", () -> map(STATUS_PAGE, READ));
        probe("map code", () -> map(0, READ | Mapping.PROT_EXEC));
        probe("send", () -> send(bytes));
        probe(
                "sendto",
                () -> {
                    int fd = pair[0].fd().number();
                    return Syscalls.call(Syscall.SENDTO, fd, bytes.address(), 8, 0, -1, 110);
                });
        probe("futex", () -> Futex.wake(bytes, 0, 1));
    }

    Map<String, LongSupplier> all() {
        return probes;
    }

    private long map(long offset, int prot) {
        return -Mapping.tryMap(memory, offset, 4096, prot, Mapping.MAP_SHARED);
    }

    private long send(MemorySegment bytes) {
        try {
            return pair[0].send(bytes, 8) == 8 ? pair[1].receive(bytes).length() : -1;
        } catch (ErrnoException failure) {
            return -failure.value();
        }
    }

    private long text(String value) {
        return arena.allocateFrom(value).address();
    }

    private static long opened(long result) {
        if (result >= 0) {
            Fd.take((int) result).close();
        }
        return result < 0 ? result : 0;
    }

    private void probe(String name, LongSupplier attempt) {
        probes.put(name, attempt);
    }
}
