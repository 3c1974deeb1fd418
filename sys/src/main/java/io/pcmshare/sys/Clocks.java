package io.pcmshare.sys;

import io.pcmshare.abi.Errno;

/**
 * The kernel's clocks, in nanoseconds. Man page: clock_gettime(2), clock_nanosleep(2).
 *
 * <p>Threads: any. Nothing here allocates; reading most clocks does not even enter the kernel.
 */
public final class Clocks {
    // Kernel: uapi/linux/time.h
    static final int MONOTONIC = 1;
    private static final int REALTIME = 0;
    private static final int PROCESS_CPU = 2;
    private static final int THREAD_CPU = 3;
    private static final int MONOTONIC_RAW = 4;
    private static final int TIMER_ABSTIME = 1;

    /** CPUCLOCK_SCHED in the low bits of a clock made from a pid. Kernel: linux/posix-timers.h. */
    private static final int CPU_CLOCK_OF_PROCESS = 2;

    /** PID_MAX_LIMIT; a larger number would not fit into a clock's. Kernel: linux/threads.h. */
    private static final int MAX_PID = 1 << 22;

    private Clocks() {}

    /** CLOCK_MONOTONIC, which never jumps and stands still while the machine sleeps. */
    public static long monotonicNanos() {
        return read(MONOTONIC);
    }

    /** CLOCK_REALTIME, since 1970; may jump. */
    public static long realtimeNanos() {
        return read(REALTIME);
    }

    /** CLOCK_MONOTONIC_RAW, which nobody adjusts. */
    public static long monotonicRawNanos() {
        return read(MONOTONIC_RAW);
    }

    /** Processor time of this process. */
    public static long processCpuNanos() {
        return read(PROCESS_CPU);
    }

    /** Processor time of the calling thread. */
    public static long threadCpuNanos() {
        return read(THREAD_CPU);
    }

    /**
     * Processor time of a process.
     *
     * @return nanoseconds, or a negated errno: EINVAL if there is no such process
     */
    public static long processCpuNanos(int pid) {
        if (pid <= 0 || pid > MAX_PID) {
            return Errno.EINVAL.negated();
        }
        int clock = ~pid << 3 | CPU_CLOCK_OF_PROCESS;
        Timespec time = Scratch.current().time;
        long result = Kernel.call(Syscall.CLOCK_GETTIME, clock, time.address());
        return result < 0 ? result : time.nanos();
    }

    /**
     * Sleeps until a time of {@link #monotonicNanos()}; returns at once if it has passed. A signal
     * does not end the sleep, nor does interrupting the thread.
     *
     * @return 0, or errno negated
     */
    public static int sleepUntilMonotonic(long nanos) {
        long time = Scratch.current().time.set(nanos);
        return (int) Kernel.retry(Syscall.CLOCK_NANOSLEEP, MONOTONIC, TIMER_ABSTIME, time, 0);
    }

    private static long read(int clock) {
        Timespec time = Scratch.current().time;
        if (Kernel.clockGettime(clock, time.address()) != 0) {
            // these clocks exist on every kernel the virtual machine runs on
            throw new IllegalStateException("clock_gettime: " + Errno.EINVAL + ", clock=" + clock);
        }
        return time.nanos();
    }
}
