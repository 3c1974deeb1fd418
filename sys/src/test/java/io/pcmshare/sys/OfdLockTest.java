package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.List;

/** A mark on an open file tells whether a descriptor or a mapping of it is left. */
@NoFdLeaks
@Timeout(60)
final class OfdLockTest {
    private static final int PAGE = 4096;

    @Test
    void aMarkOfAPipesEndGoesWithItsLastDescriptor() throws IOException {
        try (Pipe pipe = Pipe.create(0)) {
            FileId id = pipe.readEnd().id();
            OfdLock.markWritable(pipe.writeEnd(), 0);
            Fd duplicate = pipe.writeEnd().dup();
            pipe.writeEnd().close();
            assertThat(KernelLocks.now().isHeld(id, 0)).as("a duplicate is left").isTrue();
            duplicate.close();
            assertThat(KernelLocks.now().isHeld(id, 0)).isFalse();
        }
    }

    @Test
    void aMappingKeepsTheMarkOfTheDescriptorThatItWasMadeWith() throws IOException {
        try (Fd memory = Memfd.create("marked", PAGE)) {
            Fd given = memory.reopen(Fd.O_RDWR);
            OfdLock.markReadable(given, 3);
            Mapping mapping = Mapping.map(given, 0, PAGE, Mapping.PROT_READ, Mapping.MAP_SHARED);
            given.close();
            assertThat(KernelLocks.now().isHeld(memory.id(), 3)).as("mapped").isTrue();
            mapping.close();
            assertThat(KernelLocks.now().isHeld(memory.id(), 3)).isFalse();
        }
    }

    @Test
    void marksOfOneFileAreToldApartByTheirByte() throws IOException {
        try (Fd memory = Memfd.create("marked", PAGE);
                Fd one = memory.reopen(Fd.O_RDONLY);
                Fd other = memory.reopen(Fd.O_RDONLY)) {
            OfdLock.markReadable(one, 1);
            OfdLock.markReadable(other, 2);
            int self = (int) ProcessHandle.current().pid();
            assertThat(ProcFd.mark(self, one.number())).isEqualTo(1);
            assertThat(ProcFd.mark(self, other.number())).isEqualTo(2);
            assertThat(ProcFd.mark(self, memory.number())).isEqualTo(-1);
        }
    }

    @Test
    void theKernelsListIsReadAsItIsWritten() { // Linux 6.18, /proc/locks, as it stood there
        KernelLocks locks =
                KernelLocks.of(
                        List.of(
                                "1: OFDLCK ADVISORY  WRITE -1 00:0f:25669 0 0",
                                "2: FLOCK  ADVISORY  WRITE 812 fe:01:131 0 EOF",
                                "2: -> OFDLCK ADVISORY  WRITE -1 00:0f:25670 0 0",
                                "3: POSIX  ADVISORY  READ 44 00:0f:25669 7 7"));
        FileId pipe = new FileId(FileId.device(0, 0x0f), 25669);
        assertThat(locks.isHeld(pipe, 0)).isTrue();
        assertThat(locks.isHeld(pipe, 7)).as("not of an open file").isFalse();
        assertThat(locks.isHeld(new FileId(FileId.device(0, 0x0f), 25670), 0))
                .as("waits for it")
                .isFalse();
    }
}
