package io.pcmshare.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

@Timeout(60)
class ControlClientTest {
    private final FakeControl fake = new FakeControl();
    @TempDir private Path folder;

    @Test
    void whatAServerSaysArrivesAsItWas() throws Exception {
        Waveform waveform = Waveform.of(50, 9, new float[] {-0.1f, 0}, new float[] {1, 0.25f});
        fake.answers.put("audit", List.of(FakeControl.ENTRY));
        fake.answers.put("waveform", waveform);
        fake.answers.put("grant", 8L);
        fake.answers.put("addCard", 1);
        fake.answers.put("revokeProcess", 2);
        fake.answers.put("mute", new ControlException("there is no stream 9."));
        Path path = folder.resolve("control");
        try (ControlSocket socket = ControlSocket.open(path, fake.control());
                ControlClient client = ControlClient.connect(socket.path())) {
            assertThat(client.state()).isEqualTo(FakeControl.STATE);
            assertThat(client.audit(11)).containsExactly(FakeControl.ENTRY);
            assertThat(client.waveform("0,0:playback")).isEqualTo(waveform);
            assertThat(client.grant("{exe='/x \"\\'}")).isEqualTo(8);
            assertThat(client.addCard("null")).isEqualTo(1);
            assertThat(client.revokeProcess(412)).isEqualTo(2);
            client.volume(3, Double.NEGATIVE_INFINITY);
            client.move(3, "1,0:playback");
            client.revoke(4);
            client.forget(8);
            client.defaultDevice("1,0:playback");
            client.removeCard(1);
            client.reload();
            assertThatThrownBy(() -> client.mute(9, true))
                    .isInstanceOf(ControlException.class)
                    .hasMessage("there is no stream 9.");
            client.stop();
            List<ServerState> seen = new ArrayList<>();
            client.watch(
                    20,
                    state -> {
                        seen.add(state);
                        return seen.size() < 3;
                    });
            assertThat(seen)
                    .containsExactly(FakeControl.STATE, FakeControl.STATE, FakeControl.STATE);
        }
        assertThat(fake.calls)
                .startsWith(
                        "state",
                        "audit [11]",
                        "waveform [0,0:playback]",
                        "grant [{exe='/x \"\\'}]",
                        "addCard [null]",
                        "revokeProcess [412]",
                        "volume [3, -Infinity]",
                        "move [3, 1,0:playback]",
                        "revoke [4]",
                        "forget [8]",
                        "defaultDevice [1,0:playback]",
                        "removeCard [1]",
                        "reload",
                        "mute [9, true]",
                        "stop",
                        "state");
    }

    @Test
    void aServerThatIsAnotherVersionOrTalksNonsenseIsSaidAndNothingIsBelieved() throws Exception {
        assertThatThrownBy(() -> answered("{\"ok\":true,\"state\":{\"version\":\"2\"}}\n"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the server is another version: no pid in a ServerState");
        String state = StateJson.text(FakeControl.STATE).replace("\"pid\":77", "\"pid\":9e9");
        assertThatThrownBy(() -> answered("{\"ok\":true,\"state\":" + state + "}\n"))
                .hasMessageContaining("the server is another version: no int pid");
        assertThatThrownBy(() -> answered("HTTP/1.1 200 OK\n"))
                .hasMessageContaining("the server answers nonsense");
        assertThatThrownBy(() -> answered("{\"ok\":tr"))
                .hasMessageContaining("the server has gone");
        assertThatThrownBy(() -> answered("{\"ok\":false,\"error\":\"no\"}\n"))
                .hasMessageContaining("no");
        String more =
                StateJson.text(FakeControl.STATE).replace("{\"version\"", "{\"x\":[],\"version\"");
        assertThat(answered("{\"ok\":true,\"state\":" + more + "}\n")).isEqualTo(FakeControl.STATE);
    }

    /** The state, as a client understands what some server answers. */
    private ServerState answered(String answer) throws IOException {
        Path path = folder.resolve("other");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            try (ControlClient client = ControlClient.connect(path)) {
                try (SocketChannel peer = server.accept()) {
                    peer.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                    peer.shutdownOutput();
                    return client.state();
                }
            }
        } finally {
            Files.delete(path);
        }
    }
}
