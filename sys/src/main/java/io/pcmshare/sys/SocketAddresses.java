package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.pcmshare.abi.Errno;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Builds {@code struct sockaddr_un}. Kernel: uapi/linux/un.h. */
final class SocketAddresses {
    static final short AF_UNIX = 1;

    private static final int PATH_BYTES = 108;

    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_SHORT.withName("sun_family"),
                    MemoryLayout.sequenceLayout(PATH_BYTES, JAVA_BYTE).withName("sun_path"));

    private SocketAddresses() {}

    static MemorySegment of(Arena arena, Path path) throws ErrnoException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length >= PATH_BYTES) {
            throw new ErrnoException("sockaddr_un", Errno.ENAMETOOLONG.value(), "path=" + path);
        }
        MemorySegment address = arena.allocate(LAYOUT);
        address.set(JAVA_SHORT, 0, AF_UNIX);
        long start = LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement("sun_path"));
        MemorySegment.copy(name, 0, address, JAVA_BYTE, start, name.length);
        return address;
    }
}
