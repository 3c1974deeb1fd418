package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.pcmshare.abi.Errno;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The doors into the kernel: {@code syscall(2)} for everything, and libc's {@code clock_gettime},
 * which reads the clock without entering it. Going by number keeps the kernel's own structures and
 * errnos, and needs no wrapper in libc.
 *
 * <p>Addresses are passed as longs, so that no slice of them is made. Who calls keeps the memory
 * alive until the call returns.
 */
final class Kernel {
    static final StructLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final FunctionDescriptor SYSCALL_TYPE =
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                    JAVA_LONG);
    private static final MethodHandle SYSCALL =
            downcall("syscall", SYSCALL_TYPE, Linker.Option.captureCallState("errno"));
    private static final MethodHandle SYSCALL_ALONE = downcall("syscall", SYSCALL_TYPE);
    private static final MethodHandle CLOCK_GETTIME =
            downcall("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));

    private Kernel() {}

    /**
     * The result, or errno negated; EINTR is an answer like any other.
     *
     * <p>Allocates nothing once the optimizing compiler has seen it; until then the JDK makes a
     * slice of {@code capture}, 40 bytes a call. See {@link #callOrFail}.
     */
    static long call(long nr, long a1, long a2, long a3, long a4, long a5, long a6) {
        // errno is captured into memory of this thread, before the virtual machine can disturb it
        MemorySegment capture = Scratch.current().errno;
        try {
            long result = (long) SYSCALL.invokeExact(capture, nr, a1, a2, a3, a4, a5, a6);
            return result == -1 ? -(int) ERRNO.get(capture, 0L) : result;
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static long call(Syscall call, long a1, long a2, long a3, long a4, long a5, long a6) {
        return call(call.nr(), a1, a2, a3, a4, a5, a6);
    }

    static long call(Syscall call, long a1, long a2, long a3) {
        return call(call.nr(), a1, a2, a3, 0, 0, 0);
    }

    /**
     * The result, or -1 for any error. Allocates nothing however it is compiled: for calls of the
     * audio path that change nothing when they fail, so that {@link #call} can ask again why.
     */
    static long callOrFail(Syscall call, long a1, long a2, long a3) {
        try {
            return (long) SYSCALL_ALONE.invokeExact((long) call.nr(), a1, a2, a3, 0L, 0L, 0L);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static long call(Syscall call, long a1, long a2) {
        return call(call.nr(), a1, a2, 0, 0, 0, 0);
    }

    static long call(Syscall call, long a1) {
        return call(call.nr(), a1, 0, 0, 0, 0, 0);
    }

    /** As {@link #call}, started again for as long as a signal interrupts it. */
    static long retry(Syscall call, long a1, long a2, long a3, long a4, long a5, long a6) {
        while (true) {
            long result = call(call.nr(), a1, a2, a3, a4, a5, a6);
            if (result != Errno.EINTR.negated()) {
                return result;
            }
        }
    }

    static long retry(Syscall call, long a1, long a2, long a3) {
        return retry(call, a1, a2, a3, 0, 0, 0);
    }

    static long retry(Syscall call, long a1, long a2, long a3, long a4) {
        return retry(call, a1, a2, a3, a4, 0, 0);
    }

    /** Zero, or -1. Man page: clock_gettime(2). */
    static int clockGettime(int clock, long timespecAddress) {
        try {
            return (int) CLOCK_GETTIME.invokeExact(clock, timespecAddress);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static RuntimeException unexpected(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException(failure);
    }

    @SuppressWarnings("restricted")
    static MethodHandle downcall(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }
}
