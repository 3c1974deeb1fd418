package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What {@code /proc} says about descriptors and threads of other processes. */
@NoFdLeaks
@Timeout(60)
final class ProcTest {
    private static final int NO_PROCESS = 4_194_303; // the largest pid, which nobody has

    private static final int SELF = (int) ProcessHandle.current().pid();

    @Test
    void aDescriptorIsToldByTheFileBehindIt() throws IOException {
        try (Arena arena = Arena.ofConfined();
                Pipe pipe = Pipe.create(0);
                Fd duplicate = pipe.readEnd().dup()) {
            ProcFd descriptors = new ProcFd(arena);
            assertThat(descriptors.id(SELF, duplicate.number()))
                    .isEqualTo(pipe.writeEnd().id())
                    .isEqualTo(descriptors.id(SELF, pipe.readEnd().number()));
            assertThat(descriptors.id(SELF, Short.MAX_VALUE)).as("not open").isNull();
            assertThat(descriptors.id(NO_PROCESS, 0)).as("no process").isNull();
        }
    }

    @Test
    void theFlagsOfADescriptorAreThoseOfItsOpenFileAndItsOwn() throws IOException {
        try (Pipe pipe = Pipe.create(Fd.O_NONBLOCK)) {
            int flags = ProcFd.flags(SELF, pipe.writeEnd().number());
            assertThat(flags).isEqualTo(Fd.O_WRONLY | Fd.O_NONBLOCK | Fd.O_CLOEXEC);
            assertThat(ProcFd.flags(NO_PROCESS, 0)).isEqualTo(Errno.EBADF.negated());
        }
    }

    @Test
    void aSleepingThreadIsInACallAndDoesNotRun() throws IOException {
        List<byte[]> sleep =
                List.of(
                        "sleep".getBytes(StandardCharsets.US_ASCII),
                        "60".getBytes(StandardCharsets.US_ASCII));
        int pid = Spawn.start(Spawn.Program.of(sleep));
        try (PidFd process = PidFd.open(pid)) {
            while (ProcTask.syscall(pid) != Syscall.CLOCK_NANOSLEEP.nr()) {
                Thread.onSpinWait(); // it has just been started
            }
            assertThat(ProcTask.isRunning(pid)).isFalse();
            assertThat(ProcTask.processOf(pid)).isEqualTo(pid);
            assertThat(ProcTask.name(pid)).isEqualTo("sleep");
            assertThat(ProcTask.hasSignal(pid)).isFalse();
            process.sendSignal(PidFd.SIGKILL);
            assertThat(process.awaitExit(-1)).isTrue();
        }
        assertThat(Spawn.collect(pid)).isEqualTo(128 + PidFd.SIGKILL);
        assertThat(ProcTask.processOf(NO_PROCESS)).isEqualTo(Errno.ESRCH.negated());
        assertThat(ProcTask.syscall(NO_PROCESS)).isEqualTo(-1);
    }

    @Test
    void memoryIsReadAndWrittenThroughItsFileWhereTheCallIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            var there = arena.allocateFrom("frames");
            var here = arena.allocate(there.byteSize());
            long bytes = there.byteSize();
            assertThat(ProcessMemory.read(SELF, there.address(), here, 0, bytes)).isEqualTo(bytes);
            assertThat(here.getString(0)).isEqualTo("frames");
            here.setString(0, "period");
            assertThat(ProcessMemory.write(SELF, there.address(), here, 0, bytes)).isEqualTo(bytes);
            assertThat(there.getString(0)).isEqualTo("period");
            assertThat(ProcessMemory.read(SELF, 16, here, 0, bytes))
                    .isEqualTo(Errno.EFAULT.negated());
        }
    }
}
