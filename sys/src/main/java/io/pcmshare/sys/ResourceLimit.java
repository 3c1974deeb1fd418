package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** How many descriptors a process may have. Man page: prlimit(2), RLIMIT_NOFILE. */
public final class ResourceLimit {
    private static final int NOFILE = 7;
    private static final int SELF = 0;

    private ResourceLimit() {}

    /**
     * The limit in force.
     *
     * @param pid a process of the same user
     * @return one more than the largest number, or a negated errno
     */
    public static long descriptors(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limits = arena.allocate(JAVA_LONG, 2);
            long result = Kernel.call(Syscall.PRLIMIT64, pid, NOFILE, 0, limits.address(), 0, 0);
            return result < 0 ? result : limits.getAtIndex(JAVA_LONG, 0);
        }
    }

    /** Lets this process have as many descriptors as it may give itself; answers how many. */
    public static long raiseDescriptors() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limits = arena.allocate(JAVA_LONG, 2);
            long result = Kernel.call(Syscall.PRLIMIT64, SELF, NOFILE, 0, limits.address(), 0, 0);
            if (result < 0) {
                return result;
            }
            long most = limits.getAtIndex(JAVA_LONG, 1);
            limits.setAtIndex(JAVA_LONG, 0, most);
            result = Kernel.call(Syscall.PRLIMIT64, SELF, NOFILE, limits.address(), 0, 0, 0);
            return result < 0 ? result : most;
        }
    }
}
