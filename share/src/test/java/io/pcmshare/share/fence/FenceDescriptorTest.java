package io.pcmshare.share.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.PidFd;
import io.pcmshare.sys.Poll;
import io.pcmshare.sys.Received;
import io.pcmshare.sys.UnixSocket;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@NoFdLeaks
@Timeout(60)
final class FenceDescriptorTest {
    private static final int PATIENCE_MILLIS = 50_000;
    private static final int EOWNERDEAD = Errno.EOWNERDEAD.negated();

    private static FenceSource source() {
        return new FenceSource("test", "test", new Party("test"));
    }

    @Test
    void pollSaysWhatTheFenceIs() throws IOException {
        FenceSource good = source();
        FenceSource bad = source();
        try (FenceDescriptor one = FenceDescriptor.of(good.fence());
                FenceDescriptor two = FenceDescriptor.of(bad.fence());
                FenceDescriptor late = FenceDescriptor.of(Fence.signalled("before"))) {
            assertThat(FenceDescriptor.status(one.borrowFd(), 0)).isEqualTo(Fence.PENDING);
            assertThat(FenceDescriptor.status(one.borrowFd(), 1)).isEqualTo(Fence.PENDING);
            good.signal();
            bad.fail(Errno.EPIPE);

            assertThat(FenceDescriptor.status(one.borrowFd(), 0)).isEqualTo(Fence.SIGNALLED);
            assertThat(FenceDescriptor.status(two.borrowFd(), 0)).isEqualTo(EOWNERDEAD);
            assertThat(FenceDescriptor.status(late.borrowFd(), 0)).isEqualTo(Fence.SIGNALLED);
            assertThat(Poll.once(two.borrowFd(), Poll.POLLIN, 0)).isEqualTo(Poll.POLLHUP);
        }
    }

    @Test
    void whoReadsTheByteAwayMakesItFailAndNeverHappen() throws IOException {
        FenceSource source = source();
        try (FenceDescriptor fence = FenceDescriptor.of(source.fence());
                Fd holder = fence.borrowFd().dup();
                Arena arena = Arena.ofConfined()) {
            MemorySegment byteRead = arena.allocate(1);
            assertThat(holder.read(byteRead, 0, 1)).isEqualTo(Errno.EAGAIN.negated());
            assertThat(holder.write(byteRead, 0, 1)).isEqualTo(Errno.EBADF.negated());
            source.signal();
            assertThat(holder.read(byteRead, 0, 1)).isEqualTo(1);

            assertThat(FenceDescriptor.status(fence.borrowFd(), 0)).isEqualTo(EOWNERDEAD);
            assertThat(source.fence().status()).isEqualTo(Fence.SIGNALLED);
        }
    }

    @Test
    void aDescriptorThatIsGivenUpIsNoSignal() throws IOException {
        FenceSource source = source();
        FenceDescriptor fence = FenceDescriptor.of(source.fence());
        try (Fd holder = fence.borrowFd().dup()) {
            fence.close();
            fence.close();
            source.signal();

            assertThat(FenceDescriptor.status(holder, 0)).isEqualTo(EOWNERDEAD);
        }
    }

    private static String classPath() {
        return Stream.of(FenceOwner.class, Fence.class, UnixSocket.class, Errno.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Another process signals one of its two fences and is killed before the other. */
    @Test
    void theFencesOfAProcessThatIsKilledFail(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("s");
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        FenceOwner.class.getName(),
                        path.toString());
        try (UnixSocket listener = UnixSocket.listen(path, 1);
                Arena arena = Arena.ofConfined()) {
            Process owner = new ProcessBuilder(command).inheritIO().start();
            assertThat(Poll.once(listener.fd(), Poll.POLLIN, PATIENCE_MILLIS)).isPositive();
            try (UnixSocket socket = listener.accept();
                    PidFd process = PidFd.open((int) owner.pid())) {
                Received received = socket.receive(arena.allocate(8));
                assertThat(received.fds()).hasSize(2);
                try (Fd first = received.fds().get(0);
                        Fd second = received.fds().get(1)) {
                    assertThat(FenceDescriptor.status(first, PATIENCE_MILLIS))
                            .isEqualTo(Fence.SIGNALLED);
                    assertThat(FenceDescriptor.status(second, 0)).isEqualTo(Fence.PENDING);

                    process.sendSignal(PidFd.SIGKILL);

                    assertThat(FenceDescriptor.status(second, PATIENCE_MILLIS))
                            .isEqualTo(EOWNERDEAD);
                    assertThat(process.awaitExit(-1)).isTrue();
                    assertThat(FenceDescriptor.status(first, 0))
                            .as("what was signalled stays so")
                            .isEqualTo(Fence.SIGNALLED);
                }
            } finally {
                owner.destroyForcibly();
            }
        }
    }
}
