package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What a thread asks of the scheduler and the pager; each may be refused. Man page: sched(7). */
public final class Scheduling {
    // Kernel: uapi/linux/sched.h, uapi/asm-generic/mman.h
    private static final int SCHED_FIFO = 1;
    private static final int SCHED_RESET_ON_FORK = 0x40000000;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    private static final int MCL_ONFAULT = 4;

    private Scheduling() {}

    /**
     * Makes the calling thread a real-time one; threads and processes it starts are ordinary.
     *
     * @param priority 1 to 99
     * @return 0, or negated errno: EPERM without CAP_SYS_NICE or RLIMIT_RTPRIO
     */
    public static int tryFifo(int priority) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameters = arena.allocateFrom(JAVA_INT, priority);
            return (int)
                    Kernel.call(
                            Syscall.SCHED_SETSCHEDULER,
                            0,
                            SCHED_FIFO | SCHED_RESET_ON_FORK,
                            parameters.address());
        }
    }

    /**
     * Keeps all pages of this process in memory once they have been touched, now and later.
     *
     * @return 0, or negated errno: EPERM or ENOMEM beyond RLIMIT_MEMLOCK
     */
    public static int tryLockMemory() {
        return (int) Kernel.call(Syscall.MLOCKALL, MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
    }

    /**
     * How late the calling thread's timed waits may be, beyond what the scheduler adds. Linux
     * allows itself 50 microseconds unless asked. Man page: PR_SET_TIMERSLACK(2const).
     *
     * @param nanos at least 1
     * @return 0 or negated errno
     */
    public static int tryTimerSlack(long nanos) {
        return (int) Kernel.call(Syscall.PRCTL, PR_SET_TIMERSLACK, nanos);
    }
}
