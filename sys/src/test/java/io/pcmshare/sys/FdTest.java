package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.Errno;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

@NoFdLeaks
@Timeout(30)
final class FdTest {
    @Test
    void aClosedDescriptorHasNoNumber() throws Exception {
        Fd fd = Memfd.create("closed", 0);
        fd.close();
        fd.close();
        assertThat(fd.isOpen()).isFalse();
        assertThatThrownBy(fd::number).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingTwiceDoesNotCloseTheNextOwnersNumber() throws Exception {
        Fd first = Memfd.create("first", 0);
        int number = first.number();
        first.close();
        try (Fd second = Memfd.create("second", 0)) {
            assertThat(second.number()).isEqualTo(number);
            first.close();
            assertThat(second.target()).startsWith("/memfd:second");
        }
    }

    @Test
    void aDuplicateIsTheSameFileAndOutlivesTheOriginal() throws Exception {
        Fd original = Memfd.create("shared", 4096);
        long inode = original.inode();
        try (Fd duplicate = original.dup()) {
            original.close();
            assertThat(duplicate.inode()).isEqualTo(inode);
            assertThat(duplicate.size()).isEqualTo(4096);
        }
    }

    @Test
    void reopeningReadOnlyForbidsWriting() throws Exception {
        try (Arena arena = Arena.ofConfined();
                Fd writable = Memfd.create("narrowed", 4096);
                Fd readable = writable.reopen(Fd.O_RDONLY)) {
            MemorySegment bytes = arena.allocate(8);
            assertThat(readable.write(bytes, 0, 8)).isEqualTo(Errno.EBADF.negated());
            assertThat(readable.inode()).isEqualTo(writable.inode());
        }
    }

    @Test
    void whatIsWrittenAtAPositionIsReadThere() throws Exception {
        try (Arena arena = Arena.ofConfined();
                Fd fd = Memfd.create("positions", 16);
                Fd reader = fd.reopen(Fd.O_RDONLY)) {
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_LONG, 1, 2, 3);
            fd.pwrite(bytes, 8, 8, 8);
            MemorySegment back = arena.allocate(16);
            assertThat(reader.read(back, 0, 16)).isEqualTo(16);
            assertThat(back.toArray(ValueLayout.JAVA_LONG)).containsExactly(0, 2);
        }
    }

    @Test
    void memoryOutsideASegmentIsNeverGivenToTheKernel() throws Exception {
        try (Arena arena = Arena.ofConfined();
                Fd fd = Memfd.create("bounds", 16)) {
            MemorySegment bytes = arena.allocate(8);
            assertThatThrownBy(() -> fd.write(bytes, 4, 8))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> fd.read(bytes.asReadOnly(), 0, 8))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> fd.write(MemorySegment.ofArray(new byte[8]), 0, 8))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void statusFlagsCanBeChanged() throws Exception {
        try (Pipe pipe = Pipe.create(0)) {
            pipe.readEnd().setFlags(Fd.O_NONBLOCK);
            assertThat(pipe.readEnd().getFlags() & Fd.O_NONBLOCK).isEqualTo(Fd.O_NONBLOCK);
            assertThat(pipe.writeEnd().getFlags() & Fd.O_NONBLOCK).isZero();
        }
    }

    @Test
    void aFailureNamesTheCallTheErrorAndTheFile() {
        assertThatThrownBy(() -> Fd.open(Path.of("/no/such/file"), Fd.O_RDONLY).close())
                .isInstanceOf(ErrnoException.class)
                .hasMessage("openat: ENOENT (2), path=/no/such/file")
                .extracting(failure -> ((ErrnoException) failure).errno())
                .isEqualTo(Errno.ENOENT);
    }
}
