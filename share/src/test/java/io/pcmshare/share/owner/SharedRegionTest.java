package io.pcmshare.share.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.RegionSource.Kind;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Mapping;
import io.pcmshare.sys.Memfd;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NoFdLeaks
@Timeout(60)
final class SharedRegionTest {
    private static final int READ_WRITE = Mapping.PROT_READ | Mapping.PROT_WRITE;
    private static final long BYTES = 8192;

    @ParameterizedTest
    @CsvSource({
        "DATA,    false, 0",
        "DATA,    true,  1",
        "STATUS,  false, 1",
        "STATUS,  true,  1",
        "CONTROL, false, 0",
        "CONTROL, true,  0"
    })
    void onlyWhatClientsWriteCanBeMappedWritable(Kind kind, boolean capture, int errno)
            throws ErrnoException {
        try (SharedRegion region = SharedRegion.create(kind, capture, BYTES, 0);
                Fd again = region.borrowFd().reopen(Fd.O_RDWR);
                Fd copy = region.borrowFd().dup()) {
            for (Fd fd : new Fd[] {region.borrowFd(), again, copy}) {
                assertThat(tryMap(fd, READ_WRITE)).as("%s", fd).isEqualTo(errno);
                assertThat(tryMap(fd, Mapping.PROT_READ)).isZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"DATA", "STATUS", "CONTROL"})
    void itCanNeitherShrinkNorGrowNorBeUnsealed(Kind kind) throws ErrnoException {
        try (SharedRegion region = SharedRegion.create(kind, false, BYTES, 0)) {
            Fd fd = region.borrowFd();
            assertThatThrownBy(() -> fd.truncate(0)).hasMessageContaining("EPERM");
            assertThatThrownBy(() -> fd.truncate(BYTES + 4096)).hasMessageContaining("EPERM");
            assertThatThrownBy(() -> Memfd.addSeals(fd, Memfd.F_SEAL_FUTURE_WRITE))
                    .hasMessageContaining("EPERM");
            assertThat(fd.size()).isEqualTo(BYTES);
        }
    }

    /** Writing by call goes the same way as a mapping: not at all. */
    @Test
    void aStatusPageCannotBeWrittenByCall() throws ErrnoException {
        try (SharedRegion region = SharedRegion.create(Kind.STATUS, false, 4096, 0)) {
            long answer = region.borrowFd().write(region.memory(), 0, 8);

            assertThat(answer).isEqualTo(Errno.EPERM.negated());
        }
    }

    /** The name of 2019's descriptor, which {@code /proc/self/fd} shows. */
    @Test
    void theRingIsNamedAsTheBufferDescriptorOf2019() throws ErrnoException {
        try (SharedRegion region = SharedRegion.create(Kind.DATA, false, BYTES, 0)) {
            assertThat(region.borrowFd().target()).startsWith("/memfd:snd-pcm-buf");
        }
    }

    private static int tryMap(Fd fd, int prot) {
        return Mapping.tryMap(fd, 0, 4096, prot, Mapping.MAP_SHARED);
    }
}
