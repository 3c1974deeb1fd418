package io.pcmshare.sys;

import io.pcmshare.abi.Errno;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * What {@code /proc} says about a thread of another process. Man page: proc_pid_status(5),
 * proc_pid_syscall(5).
 *
 * <p>Each answers for a thread that is gone as for one that waits for nothing. Threads: any.
 */
public final class ProcTask {
    private static final int HEX = 16;

    /** More than the kernel writes into any of these files. */
    private static final int LONGEST = 4096;

    private ProcTask() {}

    /**
     * The process that a thread belongs to.
     *
     * @return its pid, or a negated ESRCH
     */
    public static int processOf(int tid) {
        String text = read(tid, "status");
        String pid = field(text, "Tgid:");
        return pid.isEmpty() ? Errno.ESRCH.negated() : Integer.parseInt(pid);
    }

    /** Whether a signal waits for the thread that it neither blocks nor ignores. */
    public static boolean hasSignal(int tid) {
        String text = read(tid, "status");
        if (text.isEmpty()) {
            return false;
        }
        long pending = bits(text, "SigPnd:") | bits(text, "ShdPnd:");
        return (pending & ~bits(text, "SigBlk:") & ~bits(text, "SigIgn:")) != 0;
    }

    /** Whether it runs or wants to: it is neither asleep nor stopped nor gone. */
    public static boolean isRunning(int tid) {
        return state(tid) == 'R';
    }

    /**
     * Whether it may be on its way through the kernel: it runs, or sleeps so that no signal wakes
     * it, as one does that waits for its process's memory map.
     */
    public static boolean mayBeInCall(int tid) {
        char state = state(tid);
        return state == 'R' || state == 'D';
    }

    /** Its letter in proc_pid_stat(5); a space when it is gone. */
    private static char state(int tid) {
        String text = read(tid, "stat");
        int state = text.lastIndexOf(')') + 2;
        return state > 1 && state < text.length() ? text.charAt(state) : ' ';
    }

    /**
     * The number of the system call in which it sleeps.
     *
     * @return -1 where it runs, is in none, is gone, or must not be looked at
     */
    public static int syscall(int tid) {
        String text = read(tid, "syscall");
        int end = text.indexOf(' ');
        try {
            return end < 0 ? -1 : Integer.parseInt(text.substring(0, end));
        } catch (NumberFormatException running) {
            return -1;
        }
    }

    /** The program's name, at most 15 bytes; empty when it is gone. */
    public static String name(int tid) {
        return read(tid, "comm").trim();
    }

    private static long bits(String text, String key) {
        String value = field(text, key);
        return value.isEmpty() ? 0 : Long.parseUnsignedLong(value, HEX);
    }

    private static String field(String text, String key) {
        int at = text.indexOf("\n" + key);
        if (at < 0) {
            return "";
        }
        int from = at + key.length() + 1;
        int end = text.indexOf('\n', from);
        return text.substring(from, end < 0 ? text.length() : end).trim();
    }

    /** One read: in lockstep this is asked thousands of times a second. */
    static String read(int tid, String file) {
        try (Fd opened = Fd.open("/proc/" + tid + "/" + file, Fd.O_RDONLY);
                Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(LONGEST);
            int bytes = (int) Math.max(0, opened.read(text, 0, LONGEST));
            byte[] copy = new byte[bytes];
            MemorySegment.copy(text, ValueLayout.JAVA_BYTE, 0, copy, 0, bytes);
            return new String(copy, StandardCharsets.ISO_8859_1);
        } catch (ErrnoException gone) {
            return ""; // said in the class comment
        }
    }
}
