package io.pcmshare.core.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Bytes a thread has allocated, by {@code com.sun.management.ThreadMXBean}.
 *
 * <p>Looked up by name: the module under test reads java.base alone, and its tests with it.
 */
public final class AllocatedBytes {
    private static final MethodHandle COUNTER = counter();

    private AllocatedBytes() {}

    /** Allocated so far. */
    public static long ofThisThread() {
        try {
            return (long) COUNTER.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError("getCurrentThreadAllocatedBytes", e);
        }
    }

    private static MethodHandle counter() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
            Class<?> general = Class.forName("java.lang.management.ThreadMXBean");
            Class<?> threads = Class.forName("com.sun.management.ThreadMXBean");
            MethodHandle bean =
                    lookup.findStatic(factory, "getThreadMXBean", MethodType.methodType(general));
            Object instance = bean.invoke();
            return lookup.findVirtual(
                            threads,
                            "getCurrentThreadAllocatedBytes",
                            MethodType.methodType(long.class))
                    .bindTo(instance);
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
