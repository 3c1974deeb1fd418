package io.pcmshare.sys;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code /proc} says about a process. Man page: proc_pid_status(5). */
public final class ProcStatus {
    private static final String FILTERED = "Seccomp:\t2";
    private static final String NO_NEW_PRIVILEGES = "NoNewPrivs:\t1";

    private ProcStatus() {}

    /**
     * Whether every thread of a process has a system call filter and can gain no rights. Which
     * filter, the kernel does not say: this tells a program that forgot to confine itself from one
     * that did, and is no proof against one that lies.
     *
     * <p>Neither can be taken off, and new threads inherit both, so the answer stays true. Hold a
     * {@link PidFd} and look at it afterwards, or the number may meanwhile be another's.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such process
     */
    public static boolean isConfined(int pid) throws IOException {
        boolean any = false;
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(Path.of("/proc", Integer.toString(pid), "task"))) {
            for (Path task : tasks) {
                List<String> status;
                try {
                    status = Files.readAllLines(task.resolve("status"));
                } catch (IOException failure) {
                    if (Files.exists(task)) {
                        throw failure;
                    }
                    continue; // the thread is gone, it can do nothing
                }
                if (!status.contains(FILTERED) || !status.contains(NO_NEW_PRIVILEGES)) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    /** Processor time of a process in nanoseconds, or a negated errno. */
    public static long cpuNanos(int pid) {
        return Clocks.processCpuNanos(pid);
    }
}
