package io.pcmshare.core.user;

import java.lang.foreign.MemorySegment;

/**
 * The memory of the program that makes a call: another process's, or an arena in a test. Copies
 * whole or not at all, as far as anybody can tell: a copy that fails half-way answers {@code
 * EFAULT}.
 *
 * <p>What was read is the caller's to change at any time: read once, judge what was read.
 */
public interface UserMemory {
    /**
     * Copies from the caller. Kernel: copy_from_user().
     *
     * @param address in the caller's address space
     * @return 0 or a negated {@code EFAULT}
     */
    int read(long address, MemorySegment into, long offset, long bytes);

    /**
     * Copies to the caller. Kernel: copy_to_user().
     *
     * @param address in the caller's address space
     * @return 0 or a negated {@code EFAULT}
     */
    int write(long address, MemorySegment from, long offset, long bytes);
}
