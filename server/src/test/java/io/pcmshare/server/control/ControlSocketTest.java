package io.pcmshare.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.server.config.SocketFolder;
import io.pcmshare.testkit.Seeds;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

@Timeout(60)
class ControlSocketTest {
    private final FakeControl fake = new FakeControl();
    private final AtomicLong now = new AtomicLong();
    @TempDir private Path folder;
    private Path path = Path.of("/");
    private @Nullable ControlSocket socket;

    @BeforeEach
    void begin() throws IOException {
        path = folder.resolve("pcmshare").resolve("control");
        socket = ControlSocket.open(path, fake.control(), now::get, Set.of(SocketFolder.us()));
    }

    @AfterEach
    void end() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }

    /** Somebody at the other end. */
    private final class Peer implements AutoCloseable {
        private final SocketChannel channel;
        private final BufferedReader in;

        Peer() throws IOException {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
            in =
                    new BufferedReader(
                            new InputStreamReader(
                                    Channels.newInputStream(channel), StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        @Nullable String line() {
            try {
                return in.readLine();
            } catch (IOException reset) {
                return null; // it was closed with something of ours unread
            }
        }

        @Nullable String ask(String line) {
            try {
                send(line + "\n");
            } catch (IOException closed) {
                return line(); // what it said before
            }
            return line();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    @Test
    void onlyItsUserReachesItAndTheSocketGoesWithTheServer() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("pcmshare"))))
                .isEqualTo("rwx------");
        end();
        assertThat(path).doesNotExist();
        socket = ControlSocket.open(path, fake.control(), now::get, Set.of());
        try (Peer stranger = new Peer()) {
            assertThat(stranger.line()).as("closed without a word").isNull();
        }
        assertThat(fake.calls).isEmpty();
    }

    @Test
    void requestsAreAnsweredInTheirOrderHoweverTheyArrive() throws IOException {
        fake.answers.put("grant", 6L);
        fake.answers.put("addCard", 2);
        fake.answers.put("revokeProcess", 3);
        fake.answers.put("move", new ControlException("there is no device \"9,9\"."));
        fake.answers.put("waveform", Waveform.of(100, 7, new float[] {-1}, new float[] {0.5f}));
        try (Peer peer = new Peer()) {
            peer.send("{\"op\":\"volume\",\"stream\":3,\"deci");
            peer.send("bels\":-6}\n{\"op\":\"volume\",\"stream\":3,\"decibels\":null}\n");
            assertThat(peer.line()).isEqualTo("{\"ok\":true}");
            assertThat(peer.line()).isEqualTo("{\"ok\":true}");
            assertThat(peer.ask("{\"op\":\"mute\",\"stream\":3,\"muted\":true}"))
                    .isEqualTo("{\"ok\":true}");
            assertThat(peer.ask("{\"op\":\"move\",\"stream\":3,\"device\":\"9,9\"}"))
                    .isEqualTo("{\"ok\":false,\"error\":\"there is no device \\\"9,9\\\".\"}");
            assertThat(peer.ask("{\"op\":\"revoke\",\"grant\":4}")).isEqualTo("{\"ok\":true}");
            assertThat(peer.ask("{\"op\":\"revoke-process\",\"pid\":412}"))
                    .isEqualTo("{\"ok\":true,\"grants\":3}");
            assertThat(peer.ask("{\"op\":\"grant\",\"rule\":\"{exe='/x'}\"}"))
                    .isEqualTo("{\"ok\":true,\"rule\":6}");
            assertThat(peer.ask("{\"op\":\"forget\",\"rule\":6}")).isEqualTo("{\"ok\":true}");
            assertThat(peer.ask("{\"op\":\"default-device\",\"device\":\"1,0:playback\"}"))
                    .isEqualTo("{\"ok\":true}");
            assertThat(peer.ask("{\"op\":\"add-card\",\"spec\":\"null\"}"))
                    .isEqualTo("{\"ok\":true,\"card\":2}");
            assertThat(peer.ask("{\"op\":\"remove-card\",\"card\":2}")).isEqualTo("{\"ok\":true}");
            assertThat(peer.ask("{\"op\":\"reload\"}")).isEqualTo("{\"ok\":true}");
            assertThat(peer.ask("{\"op\":\"waveform\",\"device\":\"0,0:playback\"}"))
                    .isEqualTo(
                            "{\"ok\":true,\"waveform\":{\"rate\":100.0,\"endPiece\":7,"
                                    + "\"low\":[-1.0],\"high\":[0.5]}}");
            assertThat(peer.ask("{\"op\":\"stop\"}")).isEqualTo("{\"ok\":true}");
            peer.ask("{\"op\":\"audit\"}"); // which comes after it was stopped
        }
        assertThat(fake.calls)
                .containsExactly(
                        "volume [3, -6.0]",
                        "volume [3, -Infinity]",
                        "mute [3, true]",
                        "move [3, 9,9]",
                        "revoke [4]",
                        "revokeProcess [412]",
                        "grant [{exe='/x'}]",
                        "forget [6]",
                        "defaultDevice [1,0:playback]",
                        "addCard [null]",
                        "removeCard [2]",
                        "reload",
                        "waveform [0,0:playback]",
                        "stop",
                        "audit [0]");
    }

    @Test
    void aRequestThatIsNotUnderstoodIsRefusedInASentenceAndNothingIsDone() throws IOException {
        List<List<String>> table =
                List.of(
                        List.of(
                                "{\"op\":\"stat\"}",
                                "there is no op \"stat\", did you mean state?"),
                        List.of("{}", "\"op\" must be a text, and it is missing."),
                        List.of("{\"op\":5}", "\"op\" must be a text, not 5."),
                        List.of("{\"op\":\"state\",\"x\":1}", "there is no \"x\" in this request"),
                        List.of(
                                "{\"op\":\"move\",\"stream\":1,\"devise\":\"0\"}",
                                "\"device\" must be a text, and it is missing."),
                        List.of(
                                "{\"op\":\"mute\",\"stream\":1,\"muted\":true,\"streem\":1}",
                                "there is no \"streem\" in this request, did you mean stream?"),
                        List.of(
                                "{\"op\":\"volume\",\"stream\":1,\"decibels\":20.5}",
                                "\"decibels\" must be a number up to 20.0, or null for silence"),
                        List.of(
                                "{\"op\":\"volume\",\"stream\":1,\"decibels\":1e999}",
                                "\"decibels\" must be a number up to 20.0"),
                        List.of(
                                "{\"op\":\"volume\",\"stream\":1}",
                                "\"decibels\" must be a number up to 20.0"),
                        List.of(
                                "{\"op\":\"volume\",\"stream\":-1,\"decibels\":0}",
                                "\"stream\" must be a whole number from 0"),
                        List.of(
                                "{\"op\":\"revoke-process\",\"pid\":4294967297}",
                                "\"pid\" must be a whole number from 1 to 2147483647"),
                        List.of(
                                "{\"op\":\"watch\",\"millis\":1}",
                                "\"millis\" must be a whole number from 20 to 60000, not 1."));
        try (Peer peer = new Peer()) {
            for (List<String> row : table) {
                String quoted = row.get(1).replace("\"", "\\\"");
                assertThat(peer.ask(row.get(0)))
                        .as(row.get(0))
                        .startsWith("{\"ok\":false,\"error\":\"" + quoted);
            }
            assertThat(fake.calls).isEmpty();
            fake.answers.put("reload", new IllegalStateException("on purpose"));
            assertThat(peer.ask("{\"op\":\"reload\"}"))
                    .contains("the server failed")
                    .contains("on");
            assertThat(peer.ask("{\"op\":\"state\"}")).startsWith("{\"ok\":true,\"state\":{");
        }
    }

    @Test
    void whatIsNoJsonEndsThatConnectionAndNoOther() throws IOException {
        try (Peer decent = new Peer()) {
            for (String line :
                    List.of(
                            "",
                            "[]",
                            "5",
                            "{",
                            "{\"op\":\"state\"} 1",
                            "{\"a\":1,\"a\":2}",
                            "{\"op\":" + "[".repeat(60_000),
                            "{\"op\":1e}",
                            "{\"op\":\"\u0001\"}",
                            "{\"op\":99999999999999999999999}")) {
                try (Peer peer = new Peer()) {
                    assertThat(peer.ask(line)).as(line).contains("this is no request");
                    assertThat(peer.line()).isNull();
                }
            }
            try (Peer peer = new Peer()) {
                assertThat(peer.ask("{\"op\":\"" + "x".repeat(70_000))).as("too long").isNull();
            }
            assertThat(decent.ask("{\"op\":\"state\"}")).startsWith("{\"ok\":true");
        }
        assertThat(fake.calls).containsExactly("state");
    }

    @Test
    void randomBytesAndHalfLinesDoNothing() throws IOException {
        Seeds.forEach(
                100,
                random -> {
                    byte[] bytes = new byte[random.nextInt(1, 2000)];
                    random.nextBytes(bytes);
                    try (Peer peer = new Peer()) {
                        peer.send("{\"op\":\"st".getBytes(StandardCharsets.UTF_8));
                        if (random.nextBoolean()) {
                            peer.send(bytes);
                        }
                    } catch (IOException closed) {
                        // it had enough before all was sent
                    }
                });
        try (Peer peer = new Peer()) {
            peer.send("{\"op\":\"stop\"}"); // without an end
        }
        try (Peer peer = new Peer()) {
            peer.ask("{\"op\":\"reload\"}");
        }
        assertThat(fake.calls).containsExactly("reload");
    }

    @Test
    void oneWhoDoesNotReadKeepsNobodyWaitingAndIsCutOffWhenRoomIsNeeded() throws Exception {
        fake.answers.put("state", large());
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                Peer peer = new Peer();
                peers.add(peer);
                peer.ask("{\"op\":\"revoke\",\"grant\":" + i + "}"); // it is let in by now
            }
            try (Peer late = new Peer()) {
                assertThat(late.line())
                        .isEqualTo("{\"ok\":false,\"error\":\"too many commands are connected.\"}");
            }
            fake.calls.clear();
            peers.getFirst().send("{\"op\":\"state\"}\n");
            assertThat(fake.calls.take()).isEqualTo("state");
            assertThat(peers.get(1).ask("{\"op\":\"reload\"}")).isEqualTo("{\"ok\":true}");
            String let = null;
            while (let == null || let.contains("too many")) {
                // it is writing by now, or soon, and does not get further
                now.addAndGet(TimeUnit.SECONDS.toNanos(6));
                try (Peer late = new Peer()) {
                    let = late.ask("{\"op\":\"reload\"}");
                }
            }
            assertThat(let).isEqualTo("{\"ok\":true}");
            assertThat(peers.get(1).ask("{\"op\":\"reload\"}"))
                    .as("who reads stays")
                    .isEqualTo("{\"ok\":true}");
        } finally {
            for (Peer peer : peers) {
                peer.close();
            }
        }
    }

    /** More than a socket holds. */
    private static ServerState large() {
        RuleState rule = new RuleState(1, "x".repeat(1 << 20), -1);
        ServerState s = FakeControl.STATE;
        return new ServerState(
                s.version(),
                s.pid(),
                s.socket(),
                s.time(),
                s.upNanos(),
                s.cpuPercent(),
                s.xruns(),
                s.sessions(),
                s.devices(),
                s.streams(),
                s.grants(),
                List.of(rule, rule, rule, rule),
                s.histograms());
    }

    @Test
    void whoeverHasGoneLeavesNothingOpen() throws IOException {
        come(); // virtual threads have descriptors of their own, from their first wait on
        long before = sockets();
        for (int i = 0; i < 50; i++) {
            come();
        }
        assertThat(sockets()).isEqualTo(before);
    }

    private void come() throws IOException {
        try (Peer peer = new Peer()) {
            assertThat(peer.ask("{\"op\":\"reload\"}")).isEqualTo("{\"ok\":true}");
        }
        while (Objects.requireNonNull(socket).connections() > 0) {
            Thread.onSpinWait(); // it learns of it on its own thread
        }
    }

    private static long sockets() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(fd -> nameOf(fd).startsWith("socket:")).count();
        }
    }

    private static String nameOf(Path fd) {
        try {
            return Files.readSymbolicLink(fd).toString();
        } catch (IOException gone) {
            return ""; // the one by which the folder was read
        }
    }

    @Test
    void closingEndsThoseWhoWatchAndThoseWhoDoNotRead() throws Exception {
        try (Peer watcher = new Peer();
                Peer sleeper = new Peer()) {
            assertThat(watcher.ask("{\"op\":\"watch\",\"millis\":20}")).contains("\"pid\":77");
            assertThat(watcher.line()).contains("\"pid\":77");
            fake.answers.put("state", large());
            fake.calls.clear();
            sleeper.send("{\"op\":\"state\"}\n");
            fake.calls.take();
            end();
            String line = watcher.line();
            while (line != null) {
                line = watcher.line();
            }
        }
    }
}
