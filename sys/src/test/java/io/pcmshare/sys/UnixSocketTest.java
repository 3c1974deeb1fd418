package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pcmshare.abi.Errno;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

@NoFdLeaks
@Timeout(60)
final class UnixSocketTest {
    private static final long ONE_MILLI = 1_000_000;

    @Test
    void messagesKeepTheirBoundaries() throws Exception {
        UnixSocket[] pair = UnixSocket.pair();
        try (Arena arena = Arena.ofConfined();
                UnixSocket left = pair[0];
                UnixSocket right = pair[1]) {
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_LONG, 1, 2);
            assertThat(left.send(bytes, 16)).isEqualTo(16);
            assertThat(left.send(bytes, 8)).isEqualTo(8);
            MemorySegment into = arena.allocate(64);
            assertThat(right.receive(into).length()).isEqualTo(16);
            assertThat(into.getAtIndex(ValueLayout.JAVA_LONG, 1)).isEqualTo(2);
            assertThat(right.receive(into).length()).isEqualTo(8);
        }
    }

    @Test
    void descriptorsArriveAsDuplicatesTheReceiverOwns() throws Exception {
        UnixSocket[] pair = UnixSocket.pair();
        try (Arena arena = Arena.ofConfined();
                UnixSocket left = pair[0];
                UnixSocket right = pair[1];
                Fd one = Memfd.create("one", 1);
                Fd two = Memfd.create("two", 2)) {
            assertThat(left.send(arena.allocate(4), 4, one, two)).isEqualTo(4);
            Received received = right.receive(arena.allocate(4));
            assertThat(received.truncated()).isFalse();
            assertThat(received.fds()).hasSize(2);
            assertThat(received.fds().get(1).size()).isEqualTo(2);
            assertThat(received.fds().get(0).inode()).isEqualTo(one.inode());
            assertThat(received.fds().get(0).number()).isNotEqualTo(one.number());
            received.closeAll();
            assertThat(one.isOpen()).isTrue();
        }
    }

    @Test
    void asManyDescriptorsAsTheKernelTakesArriveTogether() throws Exception {
        UnixSocket[] pair = UnixSocket.pair();
        try (Arena arena = Arena.ofConfined();
                UnixSocket left = pair[0];
                UnixSocket right = pair[1];
                Fd fd = Memfd.create("many", 1)) {
            Fd[] many = new Fd[253]; // SCM_MAX_FD
            Arrays.fill(many, fd);
            assertThat(left.send(arena.allocate(1), 1, many)).isEqualTo(1);
            Received received = right.receive(arena.allocate(1));
            assertThat(received.fds()).hasSize(253);
            received.closeAll();
        }
    }

    @Test
    void aMessageThatIsCutLosesItsDescriptorsToo() throws Exception {
        UnixSocket[] pair = UnixSocket.pair();
        try (Arena arena = Arena.ofConfined();
                UnixSocket left = pair[0];
                UnixSocket right = pair[1];
                Fd fd = Memfd.create("cut", 1)) {
            assertThat(left.send(arena.allocate(64), 64, fd)).isEqualTo(64);
            Received received = right.receive(arena.allocate(8));
            assertThat(received.truncated()).isTrue();
            assertThat(received.fds()).isEmpty();
        }
    }

    @Test
    void whoTakesNoDescriptorsIsSentNone() throws Exception {
        UnixSocket[] pair = UnixSocket.pair();
        try (Arena arena = Arena.ofConfined();
                UnixSocket left = pair[0];
                UnixSocket right = pair[1];
                Fd fd = Memfd.create("unwanted", 1)) {
            assumeTrue(right.refuseDescriptors(), "this kernel has no SO_PASSRIGHTS");
            MemorySegment bytes = arena.allocate(4);
            assertThatThrownBy(() -> left.send(bytes, 4, fd))
                    .isInstanceOfSatisfying(
                            ErrnoException.class, e -> assertThat(e.is(Errno.EPERM)).isTrue());
            assertThat(left.send(bytes, 4)).isEqualTo(4);
        }
    }

    @Test
    void whoIsGoneIsAnAnswerAndNoException() throws Exception {
        UnixSocket[] pair = UnixSocket.pair();
        try (Arena arena = Arena.ofConfined();
                UnixSocket left = pair[0]) {
            pair[1].close();
            assertThat(left.receive(arena.allocate(8)).length()).isZero();
            assertThat(left.send(arena.allocate(8), 8)).isEqualTo(Errno.EPIPE.negated());
        }
    }

    @Test
    void receivingEndsAtItsTimeout() throws Exception {
        UnixSocket[] pair = UnixSocket.pair();
        try (Arena arena = Arena.ofConfined();
                UnixSocket left = pair[0];
                UnixSocket right = pair[1]) {
            left.receiveTimeout(ONE_MILLI);
            assertThat(left.receive(arena.allocate(8)).length()).isEqualTo(Errno.EAGAIN.negated());
            assertThat(right.fd().isOpen()).isTrue();
        }
    }

    @Test
    void shuttingDownWakesWhoWaitsToAccept(@TempDir Path directory) throws Exception {
        try (UnixSocket listener = UnixSocket.listen(directory.resolve("s"), 1)) {
            Thread closer = Thread.ofPlatform().start(listener::shutdown);
            assertThatThrownBy(listener::accept).hasMessageStartingWith("accept4: EINVAL (22)");
            closer.join();
        }
    }

    @Test
    void aPathWithoutAListenerIsRefused(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("stale");
        UnixSocket.listen(path, 1).close();
        assertThatThrownBy(() -> UnixSocket.connect(path).close())
                .hasMessage("connect: ECONNREFUSED (111), path=" + path);
        assertThatThrownBy(() -> UnixSocket.listen(path, 1).close())
                .hasMessage("bind: EADDRINUSE (98), path=" + path);
        assertThatThrownBy(() -> UnixSocket.connect(Path.of("/" + "x".repeat(107))).close())
                .hasMessageStartingWith("sockaddr_un: ENAMETOOLONG (36)");
    }

    @Test
    void aBufferOfAProcessThatWasKilledStaysReadable(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("s");
        try (Arena arena = Arena.ofConfined();
                UnixSocket listener = UnixSocket.listen(path, 1);
                ForkedJvm child = ForkedJvm.start(BufferSender.class, path.toString());
                UnixSocket socket = listener.accept()) {
            assertThat(socket.peer().pid()).isEqualTo(child.pid());
            Received received = socket.receive(arena.allocate(8));
            assertThat(received.fds()).hasSize(1);
            try (Fd fd = received.fds().getFirst();
                    Mapping mapping =
                            Mapping.map(fd, 0, 4096, Mapping.PROT_READ, Mapping.MAP_SHARED);
                    PidFd process = PidFd.open(child.pid())) {
                assertThat(process.awaitExit(0)).isFalse();
                process.sendSignal(PidFd.SIGKILL);
                assertThat(process.awaitExit(-1)).isTrue();
                assertThat(socket.receive(arena.allocate(8)).length()).isZero();
                assertThat(mapping.segment().get(ValueLayout.JAVA_INT, 0)).isEqualTo(42);
            }
        }
    }

    @Test
    void thePeersPidFdIsTheProcessThatConnected(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("s");
        try (UnixSocket listener = UnixSocket.listen(path, 1);
                ForkedJvm child = ForkedJvm.start(BufferSender.class, path.toString());
                UnixSocket socket = listener.accept()) {
            Optional<Fd> peer = socket.peerPidFd();
            assumeTrue(peer.isPresent(), "SO_PEERPIDFD needs Linux 6.5");
            try (PidFd process = PidFd.take(peer.orElseThrow())) {
                child.kill();
                assertThat(process.awaitExit(-1)).isTrue();
            }
        }
    }
}
