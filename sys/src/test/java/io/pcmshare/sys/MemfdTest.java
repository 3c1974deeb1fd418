package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.Errno;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

@NoFdLeaks
final class MemfdTest {
    private static final int READ_WRITE = Mapping.PROT_READ | Mapping.PROT_WRITE;

    @Test
    void twoMappingsShowTheSameMemory() throws Exception {
        try (Fd fd = Memfd.create("ring", 8192);
                Mapping one = Mapping.map(fd, 0, 8192, READ_WRITE, Mapping.MAP_SHARED);
                Mapping two = Mapping.map(fd, 4096, 4096, Mapping.PROT_READ, Mapping.MAP_SHARED)) {
            one.segment().set(ValueLayout.JAVA_INT, 4096, 42);
            assertThat(two.segment().get(ValueLayout.JAVA_INT, 0)).isEqualTo(42);
            assertThat(two.segment().isReadOnly()).isTrue();
        }
    }

    @Test
    void aMappingOutlivesItsDescriptorAndEndsWithoutAFault() throws Exception {
        Mapping mapping;
        try (Fd fd = Memfd.create("ring", 4096)) {
            mapping = Mapping.map(fd, 0, 4096, READ_WRITE, Mapping.MAP_SHARED);
        }
        MemorySegment segment = mapping.segment();
        segment.set(ValueLayout.JAVA_INT, 0, 1);
        mapping.close();
        mapping.close();
        assertThatThrownBy(() -> segment.get(ValueLayout.JAVA_INT, 0))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Futex.wake(segment, 0, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSealedFileCannotShrink() throws Exception {
        try (Fd fd = Memfd.create("ring", 4096)) {
            Memfd.addSeals(fd, Memfd.F_SEAL_SHRINK | Memfd.F_SEAL_GROW | Memfd.F_SEAL_SEAL);
            assertThat(Seals.names(Memfd.getSeals(fd))).isEqualTo("SEAL SHRINK GROW");
            assertThatThrownBy(() -> fd.truncate(0))
                    .hasMessage("ftruncate: EPERM (1), fd=" + fd.number() + ", bytes=0");
        }
    }

    @Test
    void sealedAgainstFutureWritesOnlyReadOnlyMapsAreMade() throws Exception {
        try (Fd fd = Memfd.create("status", 4096);
                Mapping writer = Mapping.map(fd, 0, 4096, READ_WRITE, Mapping.MAP_SHARED)) {
            Memfd.addSeals(fd, Memfd.F_SEAL_FUTURE_WRITE);
            writer.segment().set(ValueLayout.JAVA_INT, 0, 7);
            assertThat(Mapping.tryMap(fd, 0, 4096, READ_WRITE, Mapping.MAP_SHARED))
                    .isEqualTo(Errno.EPERM.value());
            assertThat(Mapping.tryMap(fd, 0, 4096, Mapping.PROT_READ, Mapping.MAP_SHARED)).isZero();
        }
    }

    @Test
    void aDescriptorThatIsNoMemoryFileHasNoSeals() throws Exception {
        try (EventFd other = EventFd.create(0)) {
            assertThatThrownBy(() -> Memfd.getSeals(other.fd()))
                    .isInstanceOf(ErrnoException.class)
                    .hasMessageContaining("EINVAL");
        }
    }

    @Test
    void guardPagesStopSystemCallsToo() throws Exception {
        try (Mapping buffer = Mapping.anonymous(8192, READ_WRITE);
                Pipe pipe = Pipe.create(Fd.O_NONBLOCK)) {
            buffer.protect(4096, 4096, Mapping.PROT_NONE);
            assertThat(pipe.writeEnd().write(buffer.segment(), 4096, 8))
                    .isEqualTo(Errno.EFAULT.negated());
            assertThat(pipe.writeEnd().write(buffer.segment(), 4088, 8)).isEqualTo(8);
        }
    }

    @Test
    void aRefusedMapSaysWhatWasAsked() throws Exception {
        try (Fd fd = Memfd.create("ring", 4096)) {
            assertThatThrownBy(() -> Mapping.map(fd, 1, 4096, READ_WRITE, Mapping.MAP_SHARED))
                    .hasMessageStartingWith("mmap: EINVAL (22), fd=")
                    .hasMessageEndingWith("offset=1, length=4096, prot=3, flags=1");
        }
    }
}
