package io.pcmshare.server.config;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/**
 * Sees to it that a folder of sockets is ours: whoever else could write in it could put a socket of
 * his own in the place of the server's.
 */
public final class SocketFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

    private SocketFolder() {}

    /**
     * Creates it where it is missing, for us alone, and checks it.
     *
     * @throws FileSystemException where it is another's, or others may write in it
     */
    public static void prepare(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null && !Files.isDirectory(parent)) {
                prepare(parent);
            }
            try {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } catch (FileAlreadyExistsException created) {
                // somebody was faster; whether that was us is checked below
            }
        }
        check(folder);
    }

    /**
     * Checks it.
     *
     * @throws NoSuchFileException where there is none
     * @throws FileSystemException where it is another's, or others may write in it
     */
    public static void check(Path folder) throws IOException {
        // a link in a folder like /tmp may be anybody's, elsewhere it is as good as what it names
        boolean inOpenFolder = isWritableByOthers(folder.toAbsolutePath().getParent());
        LinkOption[] links =
                inOpenFolder ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS} : new LinkOption[0];
        PosixFileAttributes is = Files.readAttributes(folder, PosixFileAttributes.class, links);
        if (!is.isDirectory()) {
            throw new FileSystemException(folder.toString(), null, "it is no folder");
        }
        if (!is.owner().equals(us()) && (inOpenFolder || !is.owner().equals(root()))) {
            throw new FileSystemException(
                    folder.toString(), null, "it belongs to " + is.owner().getName());
        }
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(is.permissions());
        others.removeAll(OWNER_ONLY);
        boolean writable =
                others.contains(PosixFilePermission.GROUP_WRITE)
                        || others.contains(PosixFilePermission.OTHERS_WRITE);
        if (inOpenFolder ? !others.isEmpty() : writable) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    "others may use it, mode "
                            + PosixFilePermissions.toString(is.permissions())
                            + "; 'chmod 700' helps");
        }
    }

    /** The user that we are. */
    public static UserPrincipal us() throws IOException {
        return Files.getOwner(Path.of("/proc/self"));
    }

    /** The user who may do everything. */
    public static UserPrincipal root() throws IOException {
        return Path.of("/")
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName("0");
    }

    private static boolean isWritableByOthers(@Nullable Path folder) throws IOException {
        return folder != null
                && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
    }
}
