package io.pcmshare.sys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who a process is, as far as {@code /proc} tells us. Man page: proc_pid_exe(5), proc_pid_attr(5),
 * proc_pid_cgroup(5).
 *
 * <p>A process can exec and a number can be another's: this is for records, not for decisions.
 * Threads: any.
 */
public final class ProcIdentity {
    private static final String UID = "Uid:\t";

    private ProcIdentity() {}

    /** The path of its program; empty where we may not know it or it is gone. */
    public static String executable(int pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Integer.toString(pid), "exe"))
                    .toString();
        } catch (IOException | UnsupportedOperationException unknown) {
            return "";
        }
    }

    /**
     * What the kernel's security module calls it, such as {@code firefox (enforce)} or {@code
     * user_u:user_r:user_t:s0}; empty without such a module.
     */
    public static String securityLabel(int pid) {
        try {
            byte[] label =
                    Files.readAllBytes(Path.of("/proc", Integer.toString(pid), "attr", "current"));
            String text = new String(label, StandardCharsets.UTF_8);
            int end = text.indexOf('\0');
            return (end < 0 ? text : text.substring(0, end)).trim();
        } catch (IOException none) {
            return ""; // EINVAL without a module
        }
    }

    /** Its control groups, a line for each hierarchy; empty where it is gone. */
    public static String cgroup(int pid) {
        try {
            return Files.readString(
                            Path.of("/proc", Integer.toString(pid), "cgroup"),
                            StandardCharsets.ISO_8859_1)
                    .trim();
        } catch (IOException gone) {
            return "";
        }
    }

    /** Its real user; -1 where it is gone. */
    public static int uid(int pid) {
        try {
            for (String line :
                    Files.readAllLines(
                            Path.of("/proc", Integer.toString(pid), "status"),
                            StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(UID)) {
                    int end = line.indexOf('\t', UID.length());
                    return Integer.parseUnsignedInt(line.substring(UID.length(), end));
                }
            }
        } catch (IOException gone) {
            return -1;
        }
        return -1;
    }
}
