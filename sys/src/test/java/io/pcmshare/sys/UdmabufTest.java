package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

@NoFdLeaks
final class UdmabufTest {
    private static final Path DEVICE = Path.of("/dev/udmabuf");
    private static final long PAGE = 4096;
    private static final int READ_WRITE = Mapping.PROT_READ | Mapping.PROT_WRITE;

    /** Numbers from a C compiler: linux/udmabuf.h. */
    @Test
    void theRequestIsThatOfTheHeader() {
        assertThat(Udmabuf.CREATE).isEqualTo(0x40187542);
        assertThat(Udmabuf.LAYOUT.byteSize()).isEqualTo(24);
        assertThat(Udmabuf.LAYOUT.byteOffset(PathElement.groupElement("flags"))).isEqualTo(4);
        assertThat(Udmabuf.LAYOUT.byteOffset(PathElement.groupElement("offset"))).isEqualTo(8);
        assertThat(Udmabuf.LAYOUT.byteOffset(PathElement.groupElement("size"))).isEqualTo(16);
    }

    @Test
    void aDmaBufIsTheMemoryFilesMemory() throws ErrnoException {
        assumeTrue(Files.isWritable(DEVICE), "there is no /dev/udmabuf here that we may write");
        try (Fd memory = Memfd.create("ring", PAGE)) {
            Memfd.addSeals(memory, Memfd.F_SEAL_SHRINK | Memfd.F_SEAL_GROW);
            try (Fd dmaBuf = Udmabuf.create(memory, PAGE);
                    Mapping file = Mapping.map(memory, 0, PAGE, READ_WRITE, Mapping.MAP_SHARED);
                    Mapping same = Mapping.map(dmaBuf, 0, PAGE, READ_WRITE, Mapping.MAP_SHARED)) {
                file.segment().set(ValueLayout.JAVA_INT, 0, 42);

                assertThat(same.segment().get(ValueLayout.JAVA_INT, 0)).isEqualTo(42);
                assertThat(dmaBuf.target()).startsWith("/dmabuf:");
            }
        }
    }

    @Test
    void withoutTheDeviceItSaysWhichFileIsMissing() throws ErrnoException {
        assumeTrue(!Files.exists(DEVICE), "there is a /dev/udmabuf here");
        try (Fd memory = Memfd.create("ring", PAGE)) {
            assertThatThrownBy(() -> Udmabuf.create(memory, PAGE))
                    .isInstanceOf(ErrnoException.class)
                    .hasMessageContaining("ENOENT")
                    .hasMessageContaining("/dev/udmabuf");
        }
    }
}
