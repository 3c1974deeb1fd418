package io.pcmshare.run.node;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Folders on disk that have the same names in them, since listing is the kernel's to do. Made when
 * the first one is asked for. Owns them, and a lock in them: what a killed process left has none,
 * and is cleared away. Threads: one.
 */
final class ShadowFolders implements AutoCloseable {
    private static final String PREFIX = "pcmshare-names-";
    private static final String LOCK = ".lock";

    private @Nullable Path root;
    private @Nullable FileChannel lock;

    /** The folder that stands for a path of ours. */
    Path folder(NodeTree tree, String path) throws IOException {
        Path made = root;
        if (made == null) {
            made = Files.createTempDirectory(PREFIX);
            root = made;
            lock = lock(made);
            clearLeft(made);
            for (var entry : tree.roots().entrySet()) {
                make(made.resolve(entry.getKey().substring(1)), entry.getValue());
            }
        }
        return made.resolve(path.substring(1));
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock();
        return channel;
    }

    private static void make(Path path, Node node) throws IOException {
        switch (node) {
            case Node.Folder folder -> {
                Files.createDirectories(path);
                for (var child : folder.children().entrySet()) {
                    make(path.resolve(child.getKey()), child.getValue());
                }
            }
            case Node.Link link -> Files.createSymbolicLink(path, Path.of(link.target()));
            case Node.Device device -> Files.createFile(path);
            case Node.Text text -> Files.createFile(path);
        }
    }

    /** What others left that were killed. What cannot be cleared is another user's. */
    private static void clearLeft(Path ours) throws IOException {
        Path parent = ours.toAbsolutePath().getParent();
        if (parent == null) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path other : all) {
                Path lockFile = other.resolve(LOCK);
                if (!other.equals(ours) && Files.isWritable(lockFile) && isLeft(lockFile)) {
                    delete(other);
                }
            }
        }
    }

    private static boolean isLeft(Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException ours) {
            return false; // of another supervisor in this process
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** The path of ours that one inside stands for; {@code null} for other paths. */
    @Nullable String unshadow(String path) {
        Path made = root;
        if (made == null || !path.startsWith(made.toString())) {
            return null;
        }
        return path.substring(made.toString().length());
    }

    boolean exists() {
        return root != null;
    }

    @Override
    public void close() throws IOException {
        Path made = root;
        FileChannel held = lock;
        if (made != null) {
            root = null;
            delete(made);
        }
        if (held != null) {
            held.close();
        }
    }
}
