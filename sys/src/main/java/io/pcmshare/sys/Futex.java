package io.pcmshare.sys;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * Waiting for a 32-bit word of shared memory to change. Man page: futex(2), FUTEX_WAIT and
 * FUTEX_WAKE without FUTEX_PRIVATE_FLAG, so that other processes which map the same file take part.
 *
 * <p>Threads: any. Nothing here allocates or throws for what the kernel answers. A page that is
 * mapped read-only can be waited on and woken.
 */
public final class Futex {
    // Kernel: uapi/linux/futex.h
    private static final int WAIT = 0;
    private static final int WAKE = 1;

    private Futex() {}

    /**
     * Sleeps while the word is {@code expected}.
     *
     * @param offset of the word in {@code page}, in bytes, a multiple of 4 from its mapping's start
     * @param timeoutNanos relative, on the monotonic clock; negative for none
     * @return 0 when woken, perhaps without cause; or negated EAGAIN (the word was another
     *     already), ETIMEDOUT, EINTR
     */
    public static int wait(MemorySegment page, long offset, int expected, long timeoutNanos) {
        long word = Memory.readable(page, offset, Integer.BYTES);
        long timeout = timeoutNanos < 0 ? 0 : Scratch.current().time.set(timeoutNanos);
        try {
            return (int)
                    Kernel.call(
                            Syscall.FUTEX,
                            word,
                            WAIT,
                            Integer.toUnsignedLong(expected),
                            timeout,
                            0,
                            0);
        } finally {
            Reference.reachabilityFence(page);
        }
    }

    /**
     * Wakes those who sleep on the word. What they are to see has been stored before.
     *
     * @param count how many at most
     * @return how many, or errno negated
     */
    public static int wake(MemorySegment page, long offset, int count) {
        long word = Memory.readable(page, offset, Integer.BYTES);
        try {
            long woken = Kernel.callOrFail(Syscall.FUTEX, word, WAKE, count);
            // nobody has been woken by a call that failed, so the second one tells why it did
            return (int) (woken >= 0 ? woken : Kernel.call(Syscall.FUTEX, word, WAKE, count));
        } finally {
            Reference.reachabilityFence(page);
        }
    }
}
