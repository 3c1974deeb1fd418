package io.pcmshare.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

@Timeout(60)
class SocketClaimTest {
    private final FakeControl fake = new FakeControl();
    @TempDir private Path folder;
    private Path path = Path.of("/");

    @BeforeEach
    void begin() {
        path = folder.resolve("pcmshare").resolve("control");
    }

    @Test
    void aSecondServerIsToldOfTheFirst() throws Exception {
        try (ControlSocket first = ControlSocket.open(path, fake.control())) {
            assertThatThrownBy(() -> ControlSocket.open(path, fake.control()))
                    .isInstanceOf(AlreadyRunningException.class)
                    .hasMessage(
                            "a server (pid %d) is already running at %s."
                                    .formatted(ProcessHandle.current().pid(), first.path()));
            try (ControlClient client = ControlClient.connect(path)) {
                client.reload(); // and the first does not notice
            }
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void aSocketThatNobodyHasIsReplacedAndAnythingElseIsLeftAlone() throws Exception {
        Files.createDirectory(folder.resolve("pcmshare"));
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(path));
            assertThatThrownBy(() -> ControlSocket.open(path, fake.control()))
                    .as("it lives, and knows of no lock")
                    .isInstanceOf(AlreadyRunningException.class)
                    .hasMessage("a server is already running at " + path + ".");
        }
        assertThat(path).as("what a server leaves that was killed").exists();
        try (ControlSocket socket = ControlSocket.open(path, fake.control());
                ControlClient client = ControlClient.connect(socket.path())) {
            client.reload();
        }
        Files.writeString(path, "precious");
        assertThatThrownBy(() -> ControlSocket.open(path, fake.control()))
                .hasMessageContaining("it is in the way, and no socket");
        assertThat(path).hasContent("precious");
    }

    @Test
    void ofServersThatBeginAtOnceOneIsTheServer() throws Exception {
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(
                    new ProcessBuilder(
                                    ProcessHandle.current().info().command().orElseThrow(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Claimer.class.getName(),
                                    path.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        }
        try {
            List<String> said = new ArrayList<>();
            for (Process each : all) {
                said.add(String.valueOf(each.inputReader().readLine()));
            }
            assertThat(said).filteredOn("claimed"::equals).hasSize(1);
            long pid = all.get(said.indexOf("claimed")).pid();
            assertThat(said)
                    .filteredOn(word -> !word.equals("claimed"))
                    .containsOnly(
                            "a server (pid %d) is already running at %s.".formatted(pid, path));
        } finally {
            for (Process each : all) {
                each.destroyForcibly().waitFor();
                each.inputReader().close();
                each.outputWriter().close();
            }
        }
        assertThat(path).as("it was killed").exists();
        ControlSocket.open(path, fake.control()).close();
    }
}
