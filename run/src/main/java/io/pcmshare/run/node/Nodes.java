package io.pcmshare.run.node;

import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Memfd;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Names of ours as programs meet them: what stat(2) says of them, what a file of text contains, and
 * folders that can be listed. Owns the shadow folders. Threads: one.
 */
public final class Nodes implements AutoCloseable {
    private static final int DEVICE_MODE = FileStatus.S_IFCHR | 0660;
    private static final int ANONYMOUS_MODE = 0600;
    private static final int FOLDER_MODE = FileStatus.S_IFDIR | 0555;
    private static final int TEXT_MODE = FileStatus.S_IFREG | 0444;
    private static final int LINK_MODE = FileStatus.S_IFLNK | 0777;

    private final NodeTree tree;
    private final FileStatus.Owner owner;
    private final long bornNanos;
    private final ShadowFolders shadow = new ShadowFolders();

    /**
     * The names of a tree.
     *
     * @param owner to whom they belong: whoever runs the programs
     * @param bornNanos when they were made, since 1970
     */
    public Nodes(NodeTree tree, FileStatus.Owner owner, long bornNanos) {
        this.tree = tree;
        this.owner = owner;
        this.bornNanos = bornNanos;
    }

    /** What has a name, links not followed; {@code null} for nothing. */
    public @Nullable Node find(String path) {
        return tree.find(path);
    }

    /** What has a name, links followed; {@code null} for nothing. */
    public @Nullable Node follow(String path) {
        return tree.follow(path);
    }

    /** What stat(2) says of it. */
    public FileStatus status(String path, Node node) {
        long inode = inodeOf(path);
        return switch (node) {
            case Node.Device device ->
                    new FileStatus(DEVICE_MODE, inode, device.minor(), 0, bornNanos, owner);
            case Node.Folder folder -> new FileStatus(FOLDER_MODE, inode, 0, 0, bornNanos, owner);
            case Node.Text text -> new FileStatus(TEXT_MODE, inode, 0, 0, bornNanos, owner);
            case Node.Link link ->
                    new FileStatus(LINK_MODE, inode, 0, link.target().length(), bornNanos, owner);
        };
    }

    /** What fstat(2) says of an open file that has no name. */
    public FileStatus anonymous(String text) {
        long inode = inodeOf(text);
        return new FileStatus(ANONYMOUS_MODE, inode, 0, 0, bornNanos, owner);
    }

    /** Any number that tells names apart and fits into 32 bits, for programs that have no more. */
    private static long inodeOf(String name) {
        return (name.hashCode() & Integer.MAX_VALUE) | 1;
    }

    /** A descriptor from which the text of now can be read: the caller's. */
    public Fd openText(Node.Text text) throws IOException {
        byte[] content = text.content().get().getBytes(StandardCharsets.UTF_8);
        try (Fd memory = Memfd.create("asound", 0);
                Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(Math.max(1, content.length));
            MemorySegment.copy(content, 0, copy, ValueLayout.JAVA_BYTE, 0, content.length);
            memory.pwrite(copy, 0, content.length, 0);
            return memory.reopen(Fd.O_RDONLY);
        }
    }

    /** A descriptor by which a folder can be listed: the caller's. */
    public Fd openFolder(String path) throws IOException {
        Path folder = NodeTree.isAbove(path) ? Path.of(path) : shadow.folder(tree, path);
        return Fd.open(folder, Fd.O_RDONLY);
    }

    /** The name that a path inside the shadow folders stands for; {@code null} for other paths. */
    public @Nullable String unshadow(String path) {
        return shadow.unshadow(path);
    }

    /** Whether there are shadow folders, in which a program may stand. */
    public boolean hasShadow() {
        return shadow.exists();
    }

    /** Takes the shadow folders away. */
    @Override
    public void close() throws IOException {
        shadow.close();
    }
}
