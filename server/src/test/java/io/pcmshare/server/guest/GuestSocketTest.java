package io.pcmshare.server.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.share.Right;
import io.pcmshare.share.wire.ProtocolException;
import io.pcmshare.sys.EventFd;
import io.pcmshare.sys.UnixSocket;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

@Timeout(60)
final class GuestSocketTest {
    @TempDir private Path temporary;

    private Path path = Path.of("");

    @BeforeEach
    void chooseAPlace() {
        path = temporary.resolve("ours").resolve("guests");
    }

    private GuestSocket open() throws IOException {
        return GuestSocket.open(
                path,
                holder -> {
                    throw new IllegalStateException("nobody gets so far");
                },
                (listener, denied, desk) -> {
                    throw new IllegalStateException("nobody gets so far");
                });
    }

    @Test
    void onlyItsUserMayConnectAndTheFileGoesWithIt() throws Exception {
        try (GuestSocket socket = open()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            assertThat(socket.guests()).isZero();
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void whatIsNoListenerIsRefusedWithASentence() throws Exception {
        try (GuestSocket _ = open();
                GuestClient client = GuestClient.connect(path);
                EventFd something = EventFd.create(0)) {
            assertThatThrownBy(() -> client.handOver(something.fd(), Set.of()))
                    .isInstanceOf(GuestRefusedException.class)
                    .hasMessage("That is no listener.");
        }
    }

    @Test
    void oneTooManyIsTurnedAwayAndRoomIsMadeWhenOneGoes() throws Exception {
        List<GuestClient> all = new ArrayList<>();
        try (GuestSocket socket = open()) {
            for (int i = 0; i < GuestSocket.MOST_GUESTS; i++) {
                all.add(GuestClient.connect(path));
            }
            assertThatThrownBy(() -> GuestClient.connect(path))
                    .isInstanceOf(GuestRefusedException.class)
                    .hasMessageContaining("room for no more");
            all.forEach(GuestClient::close);
            while (socket.guests() > 0) {
                Thread.onSpinWait();
            }
            GuestClient.connect(path).close();
        }
    }

    /** Whatever somebody sends, the next one is welcome. */
    @Test
    void randomBytesEndThatConnectionAlone() throws Exception {
        Random random = new Random(20190204);
        try (GuestSocket _ = open();
                Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(GuestMessage.BYTES + 1);
            for (int i = 0; i < 200; i++) {
                byte[] some = new byte[(int) bytes.byteSize()];
                random.nextBytes(some);
                MemorySegment.copy(some, 0, bytes, ValueLayout.JAVA_BYTE, 0, some.length);
                if (i % 2 == 0) {
                    bytes.set(ValueLayout.JAVA_INT, 0, GuestMessage.MAGIC);
                    bytes.set(ValueLayout.JAVA_SHORT, 4, (short) 1);
                }
                try (UnixSocket peer = UnixSocket.connect(path)) {
                    var _ = peer.send(bytes, 1 + random.nextInt(some.length));
                    var _ = peer.receive(bytes);
                }
            }
            GuestClient.connect(path).close();
        }
    }

    @Test
    void messagesComeOutAsTheyWentIn() throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = GuestMessage.room(arena);
            for (GuestMessage.Type type : GuestMessage.Type.values()) {
                GuestMessage message = new GuestMessage(type, 5, "é");
                message.encode(bytes);
                assertThat(GuestMessage.decode(bytes, GuestMessage.BYTES)).isEqualTo(message);
            }
            GuestMessage.refused(1, "x".repeat(1000)).encode(bytes);
            assertThat(GuestMessage.decode(bytes, GuestMessage.BYTES).text()).hasSize(244);
            assertThatThrownBy(() -> GuestMessage.decode(bytes, GuestMessage.BYTES - 1))
                    .isInstanceOf(ProtocolException.class);
        }
        Set<Right> denied = Set.of(Right.PLAY, Right.RECORD_PROGRAMS);
        assertThat(GuestQuestions.of(GuestQuestions.bits(denied))).isEqualTo(denied);
    }
}
