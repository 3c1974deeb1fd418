package io.pcmshare.sys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which processes have a file mapped. Man page: proc_pid_maps(5).
 *
 * <p>Reads the maps of every process, so it is for questions that are seldom asked. Threads: any.
 */
public final class ProcMaps {
    /** Addresses, rights, offset; then device and inode. */
    private static final Pattern LINE =
            Pattern.compile("\\S+ \\S+ \\S+ (\\p{XDigit}+):(\\p{XDigit}+) (\\d+).*");

    private static final int HEX = 16;

    private ProcMaps() {}

    /**
     * Whether some process has the file mapped. One that may not be looked at counts as one that
     * has not; so does one that is gone.
     *
     * @param except a process that is not asked
     */
    public static boolean isMapped(FileId file, long except) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                boolean asked = !process.getFileName().toString().equals(Long.toString(except));
                if (asked && hasMapped(process, file)) {
                    return true;
                }
            }
            return false;
        } catch (IOException unreadable) {
            return true; // nothing is known
        }
    }

    private static boolean hasMapped(Path process, FileId file) {
        try (Stream<String> lines =
                Files.lines(process.resolve("maps"), StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> isOf(line, file));
        } catch (IOException | UncheckedIOException gone) {
            return false; // said in the comment
        }
    }

    private static boolean isOf(String line, FileId file) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                && Long.parseLong(parts.group(3)) == file.inode()
                && FileId.device(
                                Integer.parseInt(parts.group(1), HEX),
                                Integer.parseInt(parts.group(2), HEX))
                        == file.device();
    }
}
