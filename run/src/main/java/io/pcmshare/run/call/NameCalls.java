package io.pcmshare.run.call;

import io.pcmshare.abi.Errno;
import io.pcmshare.run.file.FileTable;
import io.pcmshare.run.node.FileStatus;
import io.pcmshare.run.node.Node;
import io.pcmshare.run.node.Nodes;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Calls that ask about a name: stat(2), access(2), readlink(2) and their like. */
final class NameCalls {
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int X_OK = 1;
    private static final int W_OK = 2;

    private final Nodes nodes;
    private final ProgramPaths paths;
    private final FileTable files;

    NameCalls(Nodes nodes, ProgramPaths paths, FileTable files) {
        this.nodes = nodes;
        this.paths = paths;
        this.files = files;
    }

    /** The answer, or that the kernel makes the call. */
    long answer(ProgramCall call, TrappedCall which) {
        return switch (which) {
            case STAT -> stat(call, AT_FDCWD, 0, true, call.argument(1));
            case LSTAT -> stat(call, AT_FDCWD, 0, false, call.argument(1));
            case FSTAT -> ofDescriptor(call, call.argument(1), false);
            case NEWFSTATAT -> {
                if ((call.intArgument(3) & AT_EMPTY_PATH) != 0) {
                    yield ofDescriptor(call, call.argument(2), false);
                }
                boolean follow = (call.intArgument(3) & AT_SYMLINK_NOFOLLOW) == 0;
                yield stat(call, call.intArgument(0), 1, follow, call.argument(2));
            }
            case STATX -> statx(call);
            case ACCESS -> access(call, AT_FDCWD, 0, call.intArgument(1));
            case FACCESSAT, FACCESSAT2 -> access(call, call.intArgument(0), 1, call.intArgument(2));
            case READLINK -> readlink(call, AT_FDCWD, 0, call.argument(1), call.argument(2));
            default -> readlink(call, call.intArgument(0), 1, call.argument(2), call.argument(3));
        };
    }

    private record Found(String name, @Nullable Node node) {}

    /** What is asked about; {@code null} where it is none of ours. */
    private @Nullable Found find(ProgramCall call, int directory, int pathAt, boolean follow) {
        String path = paths.read(call, call.argument(pathAt));
        String name = path == null ? null : paths.ours(call, directory, path);
        if (name == null) {
            return null;
        }
        call.about(name);
        return new Found(name, follow ? nodes.follow(name) : nodes.find(name));
    }

    private long stat(ProgramCall call, int directory, int pathAt, boolean follow, long address) {
        Found found = find(call, directory, pathAt, follow);
        if (found == null) {
            return ProgramCall.CONTINUE;
        }
        if (found.node() == null) {
            return Errno.ENOENT.negated();
        }
        return put(call, nodes.status(found.name(), found.node()), address, false);
    }

    /** What an open file of ours is; of others, and of a path after all, the kernel says it. */
    private long ofDescriptor(ProgramCall call, long address, boolean extended) {
        boolean named = call.call() != TrappedCall.FSTAT;
        String path = named ? paths.read(call, call.argument(1)) : "";
        FileTable.Found open =
                path != null && path.isEmpty() ? files.find(call.tid(), call.intArgument(0)) : null;
        if (open == null) {
            return ProgramCall.CONTINUE;
        }
        call.about(open.file());
        String name = open.file().opened().linkText();
        Node node = nodes.find(name);
        FileStatus status = node == null ? nodes.anonymous(name) : nodes.status(name, node);
        return put(call, status, address, extended);
    }

    private static long put(ProgramCall call, FileStatus status, long address, boolean extended) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = extended ? status.statx(arena) : plain(call, status, arena);
            return call.write(address, out, 0, out.byteSize());
        }
    }

    private static MemorySegment plain(ProgramCall call, FileStatus status, Arena arena) {
        return call.is32Bit() ? status.statI386(arena) : status.statX86(arena);
    }

    private long statx(ProgramCall call) {
        if ((call.intArgument(2) & AT_EMPTY_PATH) != 0) {
            return ofDescriptor(call, call.argument(4), true);
        }
        boolean follow = (call.intArgument(2) & AT_SYMLINK_NOFOLLOW) == 0;
        Found found = find(call, call.intArgument(0), 1, follow);
        if (found == null) {
            return ProgramCall.CONTINUE;
        }
        if (found.node() == null) {
            return Errno.ENOENT.negated();
        }
        return put(call, nodes.status(found.name(), found.node()), call.argument(4), true);
    }

    private long access(ProgramCall call, int directory, int pathAt, int mode) {
        Found found = find(call, directory, pathAt, true);
        if (found == null) {
            return ProgramCall.CONTINUE;
        }
        return switch (found.node()) {
            case null -> Errno.ENOENT.negated();
            case Node.Folder folder -> refusedIf((mode & W_OK) != 0);
            case Node.Device device -> refusedIf((mode & X_OK) != 0);
            default -> refusedIf((mode & (X_OK | W_OK)) != 0);
        };
    }

    private static long refusedIf(boolean refused) {
        return refused ? Errno.EACCES.negated() : 0;
    }

    private long readlink(ProgramCall call, int directory, int pathAt, long address, long bytes) {
        String path = paths.read(call, call.argument(pathAt));
        if (path == null) {
            return ProgramCall.CONTINUE;
        }
        int descriptor = ProgramPaths.descriptorNamed(call, path);
        if (descriptor >= 0) {
            FileTable.Found open = files.find(call.tid(), descriptor);
            return open == null
                    ? ProgramCall.CONTINUE
                    : put(call, open.file().opened().linkText(), address, bytes);
        }
        String name = paths.ours(call, directory, path);
        if (name == null) {
            return ProgramCall.CONTINUE;
        }
        return switch (nodes.find(name)) {
            case null -> Errno.ENOENT.negated();
            case Node.Link link -> put(call, link.target(), address, bytes);
            default -> Errno.EINVAL.negated();
        };
    }

    private static long put(ProgramCall call, String text, long address, long bytes) {
        if (bytes <= 0) {
            return Errno.EINVAL.negated();
        }
        byte[] link = text.getBytes(StandardCharsets.UTF_8);
        long length = Math.min(bytes, link.length);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, link);
            long written = call.write(address, copy, 0, length);
            return written < 0 ? written : length;
        }
    }
}
