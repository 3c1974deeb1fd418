package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pcmshare.abi.Errno;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

@NoFdLeaks
@Timeout(60)
final class ProcessMemoryTest {
    private static final int NO_PROCESS = 0x3fffffff; // above any pid_max

    @Test
    void memoryOfAnotherProcessIsReadAndWritten() throws Exception {
        try (Arena arena = Arena.ofConfined();
                ForkedJvm child = ForkedJvm.start(MemoryHolder.class)) {
            long there = Long.parseLong(String.valueOf(child.readLine()));
            MemorySegment local = arena.allocate(16);
            long copied = ProcessMemory.readv(child.pid(), there, local, 8, 4);
            assumeTrue(copied != Errno.EPERM.negated(), "this system lets nobody trace");
            assertThat(copied).isEqualTo(4);
            assertThat(local.get(ValueLayout.JAVA_INT, 8)).isEqualTo(1);
            local.set(ValueLayout.JAVA_INT, 0, 1234);
            assertThat(ProcessMemory.writev(child.pid(), there, local, 0, 4)).isEqualTo(4);
            child.writeLine("go on");
            assertThat(child.readLine()).isEqualTo("1234");
        }
    }

    @Test
    void aDescriptorOfAnotherProcessIsDuplicated() throws Exception {
        try (ForkedJvm child = ForkedJvm.start(MemoryHolder.class);
                PidFd process = PidFd.open(child.pid());
                Fd itsInput = process.getFd(0)) {
            assertThat(itsInput.target()).startsWith("pipe:");
            assertThatThrownBy(() -> process.getFd(1000).close())
                    .hasMessage("pidfd_getfd: EBADF (9), fd=1000");
        }
    }

    @Test
    void missingProcessesAndAddressesAreAnswers() {
        int self = (int) ProcessHandle.current().pid();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment local = arena.allocate(8);
            assertThat(ProcessMemory.readv(NO_PROCESS, 4096, local, 0, 8))
                    .isEqualTo(Errno.ESRCH.negated());
            assertThat(ProcessMemory.readv(self, 0, local, 0, 8)).isEqualTo(Errno.EFAULT.negated());
        }
        assertThatThrownBy(() -> PidFd.open(NO_PROCESS).close()).hasMessageContaining("ESRCH");
        assertThat(ProcStatus.cpuNanos(NO_PROCESS)).isEqualTo(Errno.EINVAL.negated());
    }
}
