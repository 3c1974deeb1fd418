package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/**
 * Makes dma-bufs of memory files, which devices can import. Kernel: uapi/linux/udmabuf.h,
 * drivers/dma-buf/udmabuf.c; needs {@code CONFIG_UDMABUF} and the right to write {@code
 * /dev/udmabuf}.
 */
public final class Udmabuf {
    /** {@code struct udmabuf_create}. */
    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_INT.withName("memfd"),
                    JAVA_INT.withName("flags"),
                    JAVA_LONG.withName("offset"),
                    JAVA_LONG.withName("size"));

    /** {@code _IOW('u', 0x42, struct udmabuf_create)}. */
    static final int CREATE = 0x40187542;

    private static final int FLAGS_CLOEXEC = 1;
    private static final Path DEVICE = Path.of("/dev/udmabuf");
    private static final VarHandle MEMFD = field("memfd");
    private static final VarHandle FLAGS = field("flags");
    private static final VarHandle SIZE = field("size");

    private Udmabuf() {}

    private static VarHandle field(String name) {
        return LAYOUT.varHandle(PathElement.groupElement(name));
    }

    /**
     * A dma-buf of the same memory as the first bytes of a memory file, which may be closed then.
     *
     * @param memfd sealed with {@code F_SEAL_SHRINK} and not with {@code F_SEAL_WRITE}, else
     *     EINVAL; newer kernels refuse {@code F_SEAL_FUTURE_WRITE} too
     * @param bytes whole pages
     * @throws ErrnoException {@code openat}: ENOENT where the kernel has none, EACCES where we may
     *     not; {@code UDMABUF_CREATE}: EINVAL, or ENOMEM for one larger than the module's limit
     */
    public static Fd create(Fd memfd, long bytes) throws ErrnoException {
        try (Fd device = Fd.open(DEVICE, Fd.O_RDWR);
                Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(LAYOUT);
            MEMFD.set(request, 0L, memfd.number());
            FLAGS.set(request, 0L, FLAGS_CLOEXEC);
            SIZE.set(request, 0L, bytes);
            long result = Syscalls.ioctl(device, CREATE, request);
            return Fd.take((int) ErrnoException.check("UDMABUF_CREATE", result, "bytes=" + bytes));
        }
    }
}
