package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pcmshare.abi.Errno;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

@NoFdLeaks
@Timeout(60)
final class SpawnTest {
    private static final int FOREVER = -1;

    private static List<byte[]> bytes(String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.ISO_8859_1)).toList();
    }

    private static int statusOf(Spawn.Program program) throws IOException {
        int pid = Spawn.start(program);
        try (PidFd process = PidFd.open(pid)) {
            assertThat(process.awaitExit(FOREVER)).isTrue();
        }
        return Spawn.collect(pid);
    }

    /** What a program wrote to its standard output, and its status. */
    private record Output(int status, String text) {
        static Output of(List<byte[]> arguments, String directory, List<byte[]> environment)
                throws IOException {
            try (Pipe pipe = Pipe.create(0);
                    Arena arena = Arena.ofConfined()) {
                List<Fd> standard = List.of(pipe.readEnd(), pipe.writeEnd());
                int status =
                        statusOf(new Spawn.Program(arguments, standard, directory, environment));
                pipe.writeEnd().close();
                MemorySegment into = arena.allocate(4096);
                long count = pipe.readEnd().read(into, 0, into.byteSize());
                byte[] bytes = into.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
                return new Output(status, new String(bytes, StandardCharsets.ISO_8859_1));
            }
        }
    }

    @Test
    void aProgramsExitStatusIsCollected() throws IOException {
        assertThat(statusOf(Spawn.Program.of(bytes("sh", "-c", "exit 7")))).isEqualTo(7);
    }

    @Test
    void aSignalThatEndedItIsCollectedAsTheShellCountsIt() throws IOException {
        assertThat(statusOf(Spawn.Program.of(bytes("sh", "-c", "kill -9 $$")))).isEqualTo(137);
    }

    @Test
    void aProgramThatRunsCannotBeCollectedYet() throws IOException {
        int pid = Spawn.start(Spawn.Program.of(bytes("sleep", "60")));
        try (PidFd process = PidFd.open(pid)) {
            assertThat(Spawn.collect(pid)).isEqualTo(Errno.EAGAIN.negated());
            process.sendSignal(PidFd.SIGKILL);
            assertThat(process.awaitExit(FOREVER)).isTrue();
        }
        assertThat(Spawn.collect(pid)).isEqualTo(128 + PidFd.SIGKILL);
    }

    @Test
    void aProgramThatIsNotThereIsSaidByItsErrno() {
        ErrnoException failure =
                catchThrowableOfType(
                        ErrnoException.class,
                        () -> Spawn.start(Spawn.Program.of(bytes("no-such-program-here"))));
        assertThat(failure.is(Errno.ENOENT)).isTrue();
        assertThat(failure).hasMessageContaining("file=no-such-program-here");
    }

    @Test
    void argumentsReachItAsTheBytesThatTheyAre() throws IOException {
        byte[] latin = {(byte) 0xe4, (byte) 0xff, 'x'};
        Output output =
                Output.of(
                        List.of(bytes("printf").getFirst(), bytes("%s").getFirst(), latin),
                        "",
                        List.of());
        assertThat(output.text()).isEqualTo(new String(latin, StandardCharsets.ISO_8859_1));
    }

    @Test
    void itStartsWhereAndWithWhatItIsTold() throws IOException {
        Output output =
                Output.of(bytes("/bin/sh", "-c", "pwd; echo $SOUND"), "/proc", bytes("SOUND=loud"));
        assertThat(output.text()).isEqualTo("/proc\nloud\n");
        assertThat(output.status()).isZero();
    }

    @Test
    void itGetsNoDescriptorOfOursButItsStandardOnes() throws IOException {
        try (Fd open = Memfd.create("not-for-children", 1)) {
            Output output =
                    Output.of(
                            bytes("sh", "-c", "readlink /proc/self/fd/" + open.number()),
                            "",
                            List.of());
            assertThat(output.text()).isEmpty();
        }
    }

    @Test
    void rehearsingStartsNothing() {
        long children = ProcessHandle.current().children().count();
        Spawn.rehearse();
        assertThat(ProcessHandle.current().children().count()).isEqualTo(children);
    }
}
