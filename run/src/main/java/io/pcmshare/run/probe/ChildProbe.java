package io.pcmshare.run.probe;

import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.PidFd;
import io.pcmshare.sys.ProcessMemory;
import io.pcmshare.sys.Spawn;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What may be done with a program that we started: a child that sleeps. */
final class ChildProbe {
    private static final String MEMORY = "memory of programs";
    private static final String DESCRIPTORS = "descriptors of programs";
    private static final int HEX = 16;

    private ChildProbe() {}

    static List<Probe> probe() {
        try {
            List<byte[]> sleep =
                    List.of(
                            "sleep".getBytes(StandardCharsets.US_ASCII),
                            "60".getBytes(StandardCharsets.US_ASCII));
            int pid = Spawn.start(Spawn.Program.of(sleep));
            try (PidFd child = PidFd.open(pid)) {
                try {
                    List<Probe> all = new ArrayList<>();
                    all.add(memory(pid));
                    all.add(descriptor(child));
                    return all;
                } finally {
                    child.sendSignal(PidFd.SIGKILL);
                    var _ = child.awaitExit(-1);
                    var _ = Spawn.collect(pid);
                }
            }
        } catch (IOException e) {
            return List.of(Probe.no(MEMORY, Probes.text(e), "no program could be started."));
        }
    }

    private static Probe memory(int pid) throws IOException {
        String first = Files.readAllLines(Path.of("/proc/" + pid + "/maps")).getFirst();
        long address = Long.parseUnsignedLong(first.substring(0, first.indexOf('-')), HEX);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment word = arena.allocate(Long.BYTES);
            if (ProcessMemory.readv(pid, address, word, 0, Long.BYTES) == Long.BYTES) {
                return Probe.yes(MEMORY, "process_vm_readv");
            }
            long answer = ProcessMemory.read(pid, address, word, 0, Long.BYTES);
            return answer == Long.BYTES
                    ? Probe.less(
                            MEMORY,
                            "/proc/PID/mem",
                            "process_vm_readv is refused, so each call costs some microseconds"
                                    + " more: allow it in the sandbox's list of system calls.")
                    : Probe.no(
                            MEMORY,
                            "refused",
                            "neither process_vm_readv nor /proc/PID/mem: programs have to be of the"
                                    + " same user, and the sandbox has to allow one of the two.");
        }
    }

    private static Probe descriptor(PidFd child) {
        try (Fd copy = child.getFd(1)) {
            return Probe.yes(DESCRIPTORS, copy.isOpen() ? "pidfd_getfd" : "");
        } catch (ErrnoException e) {
            return Probe.less(
                    DESCRIPTORS,
                    Probes.text(e),
                    "after an mmap a program's descriptor is replaced by one that is like it, and"
                            + " epoll sets forget it: allow pidfd_getfd.");
        }
    }
}
