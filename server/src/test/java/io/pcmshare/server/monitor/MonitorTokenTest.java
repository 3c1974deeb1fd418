package io.pcmshare.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.server.control.FakeControl;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

@Timeout(60)
final class MonitorTokenTest {
    private @TempDir @Nullable Path folder;

    private MonitorServer open() throws IOException {
        return MonitorServer.open(MonitorRig.config(file()), new FakeControl().control());
    }

    private Path file() {
        return Objects.requireNonNull(folder).resolve("token");
    }

    @Test
    void aTokenFileIsWrittenForUsAloneAndReadAgain() throws IOException {
        try (MonitorServer first = open();
                MonitorServer second = open()) {
            String word = Files.readString(file()).strip();
            assertThat(word).matches("[0-9a-f]{32}");
            assertThat(first.url()).endsWith("?token=" + word);
            assertThat(second.url()).endsWith("?token=" + word);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void aTokenFileThatOthersMayUseIsRefused(String mode) throws IOException {
        Files.writeString(file(), "0123456789abcdef\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
        assertThatThrownBy(this::open).hasMessageContaining(mode).hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "two words that are long", "<script>alert(1)</script>"})
    void aTokenThatIsNoneIsRefused(String word) throws IOException {
        Files.writeString(file(), word);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(this::open).hasMessageContaining("16 to 256 letters");
    }

    @Test
    void aLinkToATokenIsRefused() throws IOException {
        Path real = Files.writeString(file().resolveSibling("real"), "0123456789abcdef");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(file(), real);
        assertThatThrownBy(this::open).hasMessageContaining("plain file");
    }
}
