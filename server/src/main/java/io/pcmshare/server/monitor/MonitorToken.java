package io.pcmshare.server.monitor;

import io.pcmshare.server.config.SocketFolder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The word that visitors have to know. Other users of the machine reach a loopback port as well as
 * we do; this is what they do not have.
 */
final class MonitorToken {
    private static final int RANDOM_BYTES = 16;
    private static final int LONGEST_FILE = 4096;
    private static final Pattern GOOD = Pattern.compile("[A-Za-z0-9._~-]{16,256}");
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final String value;

    private MonitorToken(String value) {
        this.value = value;
    }

    /** One that nobody can guess. */
    static MonitorToken random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new MonitorToken(HexFormat.of().formatHex(bytes));
    }

    /**
     * A file's word; where there is no such file it is written with a new word.
     *
     * @throws FileSystemException with a sentence, where others may read it, or it holds none
     */
    static MonitorToken ofFile(Path file) throws IOException {
        try {
            MonitorToken fresh = random();
            FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
            try (var channel =
                    Files.newByteChannel(
                            file,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            mode)) {
                channel.write(StandardCharsets.US_ASCII.encode(fresh.value + "\n"));
            }
            return fresh;
        } catch (FileAlreadyExistsException there) {
            check(file);
            return read(file);
        }
    }

    private static void check(Path file) throws IOException {
        PosixFileAttributes is =
                Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!is.isRegularFile()) {
            throw wrong(file, "the token has to be in a plain file");
        }
        if (!is.owner().equals(SocketFolder.us())) {
            throw wrong(file, "the token's file belongs to " + is.owner().getName());
        }
        Set<PosixFilePermission> others =
                EnumSet.copyOf(PosixFilePermissions.fromString("---rwxrwx"));
        others.retainAll(is.permissions());
        if (!others.isEmpty()) {
            String mode = PosixFilePermissions.toString(is.permissions());
            throw wrong(
                    file, "others may use the token's file, mode " + mode + "; 'chmod 600' helps");
        }
    }

    private static MonitorToken read(Path file) throws IOException {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(LONGEST_FILE);
            String word = new String(bytes, StandardCharsets.ISO_8859_1).strip();
            if (!GOOD.matcher(word).matches()) {
                throw wrong(
                        file,
                        "a token is one word of 16 to 256 letters, digits, '.', '_', '~' and '-';"
                                + " without the file a good one is written");
            }
            return new MonitorToken(word);
        }
    }

    private static FileSystemException wrong(Path file, String sentence) {
        return new FileSystemException(file.toString(), null, sentence);
    }

    /** Whether somebody knows it; takes equally long for all wrong words of a length. */
    boolean matches(@Nullable String said) {
        return said != null
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8),
                        said.getBytes(StandardCharsets.UTF_8));
    }

    /** The word itself. */
    String value() {
        return value;
    }
}
