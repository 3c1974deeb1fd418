package io.pcmshare.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

class SocketFolderTest {
    @TempDir private Path root;

    @Test
    void aMissingFolderIsMadeForUsAlone() throws IOException {
        Path folder = root.resolve("a").resolve("b");
        SocketFolder.prepare(folder);
        assertThat(modeOf(folder)).isEqualTo("rwx------");
        assertThat(modeOf(root.resolve("a"))).isEqualTo("rwx------");
        SocketFolder.prepare(folder); // and is there the second time
    }

    @Test
    void aFolderInWhichOthersMayWriteIsRefused() throws IOException {
        Path folder = folder(root, "rwxrwx---");
        assertThatThrownBy(() -> SocketFolder.prepare(folder))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("others may use it, mode rwxrwx---; 'chmod 700' helps");
        mode(folder, "rwxr-xr-x"); // to look is not to write
        SocketFolder.check(folder);
    }

    @Test
    void inAFolderForEverybodyOnlyOneOfOursForUsAloneWillDo() throws IOException {
        Path open = Files.createDirectory(root.resolve("tmp"));
        mode(open, "rwxrwxrwx");
        Path folder = folder(open, "rwxr-xr-x");
        assertThatThrownBy(() -> SocketFolder.check(folder))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("others may use it");
        mode(folder, "rwx------");
        SocketFolder.check(folder);
        Path link = Files.createSymbolicLink(open.resolve("link"), folder);
        assertThatThrownBy(() -> SocketFolder.check(link)).hasMessageContaining("it is no folder");
        assertThatThrownBy(() -> SocketFolder.check(open.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFileInItsPlaceIsRefused() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        assertThatThrownBy(() -> SocketFolder.prepare(file))
                .hasMessageContaining("it is no folder");
    }

    @Test
    void placesFollowTheEnvironmentThenTheMachineThenTmp() throws IOException {
        Map<String, String> session = Map.of("XDG_RUNTIME_DIR", "/run/u", "HOME", "/home/a");
        DefaultPaths paths = new DefaultPaths(session, 7, root);
        assertThat(paths.socket()).isEqualTo(Path.of("/run/u/pcmshare/socket"));
        assertThat(paths.control()).isEqualTo(Path.of("/run/u/pcmshare/control"));
        assertThat(paths.config()).isEqualTo(Path.of("/home/a/.config/pcmshare/server.toml"));
        Map<String, String> relative = Map.of("XDG_RUNTIME_DIR", "run"); // means nothing
        DefaultPaths bare = new DefaultPaths(relative, 7, root);
        assertThat(bare.folder()).isEqualTo(root.resolve("tmp/pcmshare-7"));
        Files.createDirectories(root.resolve("run/user/7"));
        assertThat(bare.folder()).isEqualTo(root.resolve("run/user/7/pcmshare"));
        Map<String, String> named = Map.of("PCMSHARE_CONTROL", "/c", "PCMSHARE_SOCKET", "/s");
        assertThat(new DefaultPaths(named, 7, root).control()).isEqualTo(Path.of("/c"));
        assertThat(new DefaultPaths(named, 7, root).socket()).isEqualTo(Path.of("/s"));
    }

    private static Path folder(Path parent, String mode) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("folder"));
        mode(folder, mode);
        return folder;
    }

    private static void mode(Path folder, String mode) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    }

    private static String modeOf(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }
}
