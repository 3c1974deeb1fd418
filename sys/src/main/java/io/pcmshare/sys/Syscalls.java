package io.pcmshare.sys;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * System calls by number, for probing what a sandbox refuses, and {@code ioctl}. Man page:
 * syscall(2).
 *
 * <p>Threads: any.
 */
public final class Syscalls {
    private Syscalls() {}

    /**
     * Any system call with raw arguments: an address is a number here and nothing is checked. For
     * probes and tests.
     *
     * @return the kernel's result, or its errno negated; EINTR is not retried
     */
    public static long call(long nr, long a1, long a2, long a3, long a4, long a5, long a6) {
        return Kernel.call(nr, a1, a2, a3, a4, a5, a6);
    }

    /** As {@link #call(long, long, long, long, long, long, long)}; missing arguments are zero. */
    public static long call(Syscall call, long... arguments) {
        if (arguments.length > 6) {
            throw new IllegalArgumentException("arguments=" + arguments.length);
        }
        long[] a = java.util.Arrays.copyOf(arguments, 6);
        return Kernel.call(call, a[0], a[1], a[2], a[3], a[4], a[5]);
    }

    /**
     * Device control. Man page: ioctl(2). Allocates nothing; a signal starts it again.
     *
     * @param request the 32-bit number; one above {@code 0x7fffffff} is passed as it is
     * @param argument read and written by the driver, as large as the request says
     * @return the driver's result, or errno negated
     */
    public static int ioctl(Fd fd, int request, MemorySegment argument) {
        long address = Memory.writable(argument, 0, argument.byteSize());
        try {
            return ioctl(fd, request, address);
        } finally {
            Reference.reachabilityFence(argument);
        }
    }

    /** As {@link #ioctl(Fd, int, MemorySegment)}, for requests whose argument is a number. */
    public static int ioctl(Fd fd, int request, long argument) {
        return (int)
                Kernel.retry(Syscall.IOCTL, fd.number(), Integer.toUnsignedLong(request), argument);
    }
}
