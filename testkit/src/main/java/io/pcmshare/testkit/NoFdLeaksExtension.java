package io.pcmshare.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares {@code /proc/self/fd} before and after each test.
 *
 * <p>The virtual machine opens jars and {@code /dev/urandom} lazily and keeps them, so only
 * descriptors that PcmShare could have opened count: sockets, pipes, memfds, anonymous inodes and
 * anything below {@code /proc} or {@code /tmp}.
 */
final class NoFdLeaksExtension implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(NoFdLeaksExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        context.getStore(NAMESPACE).put(context.getUniqueId(), openDescriptors());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        @SuppressWarnings("unchecked")
        @Nullable Map<Integer, String> before =
                (Map<Integer, String>) context.getStore(NAMESPACE).get(context.getUniqueId());
        Map<Integer, String> leaked = openDescriptors();
        if (before != null) {
            before.forEach(leaked::remove);
        }
        if (!leaked.isEmpty()) {
            throw new AssertionError("descriptors left open: " + leaked);
        }
    }

    private static Map<Integer, String> openDescriptors() throws IOException {
        Map<Integer, String> open = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path entry : entries) {
                String target = targetOf(entry);
                if (isOurs(target)) {
                    open.put(Integer.valueOf(entry.getFileName().toString()), target);
                }
            }
        }
        return open;
    }

    /** The link's target; empty for the directory's own descriptor, which is gone by now. */
    private static String targetOf(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private static boolean isOurs(String target) {
        return target.startsWith("socket:")
                || target.startsWith("pipe:")
                || target.startsWith("/memfd:")
                || target.startsWith("anon_inode:")
                || target.startsWith("/tmp/")
                || (target.startsWith("/proc/") && !target.endsWith("/fd"));
    }
}
