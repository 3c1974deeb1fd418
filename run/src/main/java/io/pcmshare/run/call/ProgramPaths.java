package io.pcmshare.run.call;

import io.pcmshare.run.node.NodeTree;
import io.pcmshare.run.node.Nodes;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;

/**
 * Which of our names a program's path means, if any. Nearly all paths are none of ours, and are
 * told from ours by their first letters. Threads: one.
 */
final class ProgramPaths {
    private static final int AT_FDCWD = -100;
    private static final int PATH_MAX = 4096;
    private static final int PAGE = 4096;
    private static final int FIRST_PIECE = 256;

    private final Nodes nodes;
    private final MemorySegment buffer = Arena.ofAuto().allocate(PATH_MAX);

    ProgramPaths(Nodes nodes) {
        this.nodes = nodes;
    }

    /**
     * Reads a path out of a program.
     *
     * @return {@code null} where it cannot be read or does not end: the kernel will say so
     */
    @Nullable String read(ProgramCall call, long address) {
        long have = 0;
        while (have < PATH_MAX) {
            // never past the end of a page: the next one need not be there
            long toPageEnd = PAGE - (address + have) % PAGE;
            long piece =
                    Math.min(Math.min(toPageEnd, have == 0 ? FIRST_PIECE : PAGE), PATH_MAX - have);
            long copied = call.memory().readUpTo(address + have, buffer, have, piece);
            if (copied <= 0) {
                return null;
            }
            for (long i = have; i < have + copied; i++) {
                if (buffer.get(ValueLayout.JAVA_BYTE, i) == 0) {
                    byte[] text = new byte[(int) i];
                    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, text, 0, text.length);
                    return new String(text, StandardCharsets.UTF_8);
                }
            }
            have += copied;
        }
        return null;
    }

    /**
     * The name of ours that a path stands for: absolute, without {@code .} and {@code ..}.
     *
     * @param directory a descriptor, or {@code AT_FDCWD}
     * @return {@code null} where it is none of ours
     */
    @Nullable String ours(ProgramCall call, int directory, String path) {
        String absolute = path.startsWith("/") ? path : absolute(call, directory, path);
        if (absolute == null || !mayBeOurs(absolute)) {
            return null;
        }
        String name = normal(absolute);
        String unshadowed = nodes.unshadow(name);
        String ours = unshadowed == null ? name : unshadowed;
        // the kernel cannot walk up from a folder that is not there: "/dev/snd/.." is ours to answer
        return isBelow(ours) || isBelow(absolute) ? ours : null;
    }

    private static boolean isBelow(String path) {
        for (String root : NodeTree.ROOTS) {
            if (path.equals(root) || path.startsWith(root + "/")) {
                return true;
            }
        }
        return false;
    }

    /** A relative path costs a look at where the program stands, so only where it may matter. */
    private @Nullable String absolute(ProgramCall call, int directory, String path) {
        boolean here = directory == AT_FDCWD;
        if (here && !nodes.hasShadow() && !path.contains("snd") && !path.contains("sound")) {
            return null;
        }
        String place = here ? "/cwd" : "/fd/" + directory;
        try {
            String base = Files.readSymbolicLink(Path.of("/proc/" + call.tid() + place)).toString();
            return base + "/" + path;
        } catch (IOException gone) {
            return null; // not a folder, or no descriptor: the kernel will say so
        }
    }

    private boolean mayBeOurs(String path) {
        return path.contains("snd") || path.contains("sound");
    }

    /** As the kernel would walk it, as long as no folder in it is a link. */
    static String normal(String path) {
        if (!path.contains("//") && !path.contains("/.") && !path.endsWith("/")) {
            return path;
        }
        ArrayDeque<String> names = new ArrayDeque<>();
        for (String name : path.split("/", -1)) {
            switch (name) {
                case "", "." -> {
                    // nothing to walk
                }
                case ".." -> {
                    var _ = names.pollLast();
                }
                default -> names.addLast(name);
            }
        }
        return "/" + String.join("/", names);
    }

    /**
     * The descriptor of the calling program that a path below {@code /proc} or {@code /dev/fd}
     * names.
     *
     * @return -1 where it names none
     */
    static int descriptorNamed(ProgramCall call, String path) {
        if (!path.startsWith("/proc/") && !path.startsWith("/dev/fd/")) {
            return -1;
        }
        String number = path.substring(path.lastIndexOf('/') + 1);
        String folder = path.substring(0, path.length() - number.length());
        boolean own =
                folder.equals("/dev/fd/")
                        || folder.equals("/proc/self/fd/")
                        || folder.equals("/proc/thread-self/fd/")
                        || folder.equals("/proc/" + call.tid() + "/fd/");
        try {
            return own ? Integer.parseInt(number) : -1;
        } catch (NumberFormatException other) {
            return -1;
        }
    }
}
