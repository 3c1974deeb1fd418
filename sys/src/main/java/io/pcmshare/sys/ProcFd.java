package io.pcmshare.sys;

import io.pcmshare.abi.Errno;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@code /proc/PID/fd} and {@code fdinfo} say of the descriptors of another process. Man page:
 * proc_pid_fd(5), proc_pid_fdinfo(5).
 *
 * <p>Threads: each object one; the static methods any.
 */
public final class ProcFd {
    private static final int LONGEST_PATH = 64;
    private static final int OCTAL = 8;
    private static final String FLAGS = "flags:";
    private static final String LOCK = "lock:";
    private static final byte[] PROC = "/proc/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FD = "/fd/".getBytes(StandardCharsets.US_ASCII);

    private final MemorySegment path;
    private final MemorySegment statx;
    private int pathPid = -1;
    private int pathNumber = -1;

    /** Memory to ask from, of an arena that outlives this. */
    public ProcFd(Arena arena) {
        path = arena.allocate(LONGEST_PATH);
        statx = arena.allocate(Statx.LAYOUT);
    }

    /**
     * The file behind a descriptor. One system call, {@code statx}.
     *
     * @param pid of a process or one of its threads
     * @return {@code null} where there is no such descriptor or process, or we must not look
     */
    public @Nullable FileId id(int pid, int number) {
        putPath(pid, number);
        long result =
                Kernel.retry(
                        Syscall.STATX,
                        Fd.AT_FDCWD,
                        path.address(),
                        0,
                        Statx.BASIC_STATS,
                        statx.address(),
                        0);
        return result < 0 ? null : Statx.id(statx);
    }

    /** Nothing to do for most: a program calls on the same descriptor again and again. */
    private void putPath(int pid, int number) {
        if (pid == pathPid && number == pathNumber) {
            return;
        }
        long end = put(PROC, 0);
        end = putNumber(pid, end);
        end = put(FD, end);
        end = putNumber(number, end);
        path.set(ValueLayout.JAVA_BYTE, end, (byte) 0);
        pathPid = pid;
        pathNumber = number;
    }

    private long put(byte[] text, long at) {
        MemorySegment.copy(text, 0, path, ValueLayout.JAVA_BYTE, at, text.length);
        return at + text.length;
    }

    private long putNumber(int number, long at) {
        int divisor = 1;
        while (number / divisor >= 10) {
            divisor *= 10;
        }
        long end = at;
        for (int left = divisor; left > 0; left /= 10) {
            byte digit = (byte) ('0' + number / left % 10);
            path.set(ValueLayout.JAVA_BYTE, end++, digit);
        }
        return end;
    }

    /**
     * The flags of an open file, {@code O_CLOEXEC} of the descriptor among them.
     *
     * @return the flags, or a negated errno: EBADF where there is no such descriptor
     */
    public static int flags(int pid, int number) {
        for (String line : info(pid, number)) {
            if (line.startsWith(FLAGS)) {
                return Integer.parseInt(line.substring(FLAGS.length()).trim(), OCTAL);
            }
        }
        return Errno.EBADF.negated();
    }

    /**
     * The first byte that a descriptor's open file has marked through {@link OfdLock}.
     *
     * @return the byte, or -1 for none
     */
    public static long mark(int pid, int number) {
        for (String line : info(pid, number)) {
            if (line.startsWith(LOCK)) {
                String[] fields = line.trim().split("\\s+", -1);
                return Long.parseLong(fields[fields.length - 2]);
            }
        }
        return -1;
    }

    /** No line where the process or the descriptor is no more. */
    private static List<String> info(int pid, int number) {
        return ProcTask.read(pid, "fdinfo/" + number).lines().toList();
    }
}
