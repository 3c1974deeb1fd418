package io.pcmshare.sys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The marks of open files that there are, as {@code /proc/locks} lists them. Man page:
 * proc_locks(5).
 *
 * <p>What is listed is there. What is not may be there all the same: the kernel gives the list a
 * page at a time and counts its way back to where it was, so it skips one for each before it that
 * went meanwhile. {@link OfdLock#isMarkedByOther} is exact.
 */
public final class KernelLocks {
    private static final Path LOCKS = Path.of("/proc/locks");
    private static final String OFD = "OFDLCK";
    private static final int FIELD_FILE = 5;
    private static final int FIELD_START = 6;
    private static final int HEX = 16;

    private final Set<Mark> held;

    /** A byte of a file. */
    private record Mark(FileId file, long start) {}

    private KernelLocks(Set<Mark> held) {
        this.held = held;
    }

    /** Looks. */
    public static KernelLocks now() throws IOException {
        return of(Files.readAllLines(LOCKS));
    }

    static KernelLocks of(List<String> lines) {
        Set<Mark> held = new HashSet<>();
        for (String line : lines) {
            if (line.contains(OFD)) {
                String[] fields = line.trim().split(" +", -1);
                // a line of somebody who waits has an arrow more; none of ours waits
                if (fields.length > FIELD_START && !fields[1].equals("->")) {
                    held.add(
                            new Mark(
                                    fileOf(fields[FIELD_FILE]),
                                    Long.parseLong(fields[FIELD_START])));
                }
            }
        }
        return new KernelLocks(held);
    }

    /** {@code 00:0f:25669}: major and minor in hexadecimal digits, inode in decimal ones. */
    private static FileId fileOf(String text) {
        String[] parts = text.split(":", -1);
        int major = Integer.parseInt(parts[0], HEX);
        int minor = Integer.parseInt(parts[1], HEX);
        return new FileId(FileId.device(major, minor), Long.parseLong(parts[2]));
    }

    /** Whether some open file has this byte of that file. */
    public boolean isHeld(FileId file, long start) {
        return held.contains(new Mark(file, start));
    }
}
