package io.pcmshare.run.probe;

import io.pcmshare.abi.Errno;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Landlock;
import io.pcmshare.sys.Memfd;
import io.pcmshare.sys.ResourceLimit;
import io.pcmshare.sys.Scheduling;
import io.pcmshare.sys.Udmabuf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Tries everything that supervision needs or can make use of. */
public final class Probes {
    private static final Path YAMA = Path.of("/proc/sys/kernel/yama/ptrace_scope");
    private static final long PAGE = 4096;
    private static final int WANTED_DESCRIPTORS = 4096;

    private Probes() {}

    /** Tries all, in the order in which they matter. */
    public static List<Probe> all() {
        List<Probe> all = new ArrayList<>();
        all.add(kernel());
        all.addAll(SupervisionProbe.probe());
        all.addAll(ChildProbe.probe());
        all.add(yama());
        all.add(seals());
        all.add(descriptors());
        all.add(realTime());
        all.add(landlock());
        all.add(udmabuf());
        return all;
    }

    private static Probe kernel() {
        String version = System.getProperty("os.version", "");
        String arch = System.getProperty("os.arch", "");
        String found = "Linux " + version + ", " + arch + ", Java " + Runtime.version().feature();
        return isOlder(version, 5, 14)
                ? Probe.no("kernel", found, "needs Linux 5.14 or newer.")
                : Probe.yes("kernel", found);
    }

    static boolean isOlder(String version, int major, int minor) {
        String[] parts = version.split("[.-]", -1);
        try {
            int hasMajor = Integer.parseInt(parts[0]);
            return hasMajor < major || (hasMajor == major && Integer.parseInt(parts[1]) < minor);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException unusual) {
            return false; // the other probes will tell
        }
    }

    private static Probe yama() {
        String name = "Yama";
        String level;
        try {
            level = Files.readString(YAMA).trim();
        } catch (IOException none) {
            return Probe.yes(name, "not there");
        }
        return switch (level) {
            case "0" -> Probe.yes(name, "level 0, programs of the same user may be looked at");
            case "1" ->
                    Probe.less(
                            name,
                            "level 1, children may be looked at",
                            "'run' needs no more; for 'run --server' the server must look at what"
                                    + " it has not started: as root 'sysctl"
                                    + " kernel.yama.ptrace_scope=0', or give it CAP_SYS_PTRACE.");
            default ->
                    Probe.no(
                            name,
                            "level " + level,
                            "programs may not be looked at by who started them: as root"
                                    + " 'sysctl kernel.yama.ptrace_scope=1'.");
        };
    }

    private static Probe seals() {
        String name = "sealed memory";
        try (Fd memory = Memfd.create("probe", 4096)) {
            Memfd.addSeals(memory, Memfd.F_SEAL_SHRINK | Memfd.F_SEAL_FUTURE_WRITE);
            return Probe.yes(name, "memfd_create, F_SEAL_FUTURE_WRITE");
        } catch (ErrnoException e) {
            return Probe.no(name, text(e), "allow memfd_create and fcntl(F_ADD_SEALS).");
        }
    }

    private static Probe descriptors() {
        long limit = ResourceLimit.raiseDescriptors();
        String name = "descriptors";
        String found = limit < 0 ? "unknown" : limit + " for us";
        return limit >= 0 && limit < WANTED_DESCRIPTORS
                ? Probe.less(
                        name,
                        found,
                        "two for each open device: raise the hard limit ('ulimit -Hn') for many"
                                + " programs at once.")
                : Probe.yes(name, found);
    }

    private static Probe realTime() {
        int answer = onThread(() -> Scheduling.tryFifo(1));
        String name = "real-time priority";
        return answer == 0
                ? Probe.yes(name, "SCHED_FIFO")
                : Probe.less(
                        name,
                        "refused",
                        "wake-ups may be late under load: allow RLIMIT_RTPRIO ('rtprio' in"
                                + " /etc/security/limits.conf) or CAP_SYS_NICE.");
    }

    private static Probe landlock() {
        int abi = Landlock.abi();
        String name = "Landlock";
        return abi > 0
                ? Probe.yes(name, "ABI " + abi)
                : Probe.less(
                        name,
                        "not there",
                        "players that confine themselves have seccomp alone; needs Linux 5.13 with"
                                + " 'landlock' among the security modules.");
    }

    private static Probe udmabuf() {
        String name = "udmabuf";
        try (Fd memory = Memfd.create("probe", PAGE)) {
            Memfd.addSeals(memory, Memfd.F_SEAL_SHRINK | Memfd.F_SEAL_GROW);
            try (Fd dmaBuf = Udmabuf.create(memory, PAGE)) {
                return Probe.yes(name, "share buffers are " + dmaBuf.target());
            }
        } catch (ErrnoException e) {
            return Probe.less(
                    name,
                    e.is(Errno.ENOENT) ? "not there" : text(e),
                    "share buffers are memory files, which programs map alike; real dma-bufs need"
                            + " Linux with CONFIG_UDMABUF and the right to write /dev/udmabuf.");
        }
    }

    static String text(IOException failure) {
        return String.valueOf(failure.getMessage());
    }

    /** Does something that a thread cannot undo. */
    static <T> T onThread(Supplier<T> body) {
        CompletableFuture<T> result = new CompletableFuture<>();
        var _ =
                Thread.ofPlatform()
                        .name("pcm-probe")
                        .start(
                                () -> {
                                    try {
                                        result.complete(body.get());
                                    } catch (RuntimeException e) {
                                        result.completeExceptionally(e);
                                    }
                                });
        return result.join();
    }
}
