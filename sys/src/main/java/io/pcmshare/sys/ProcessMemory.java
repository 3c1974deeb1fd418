package io.pcmshare.sys;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * Copies to and from the memory of another process that we may trace. Man page:
 * process_vm_readv(2).
 *
 * <p>The other process can change its memory at any time: copy once and decide on the copy.
 * Threads: any. Nothing here allocates.
 */
public final class ProcessMemory {
    private ProcessMemory() {}

    /**
     * Copies from the process.
     *
     * @param remoteAddress an address there
     * @return bytes copied, perhaps fewer; or negated errno: EFAULT (nothing mapped there), ESRCH,
     *     EPERM
     */
    public static long readv(
            int pid, long remoteAddress, MemorySegment into, long offset, long length) {
        long local = Memory.writable(into, offset, length);
        try {
            return copy(Syscall.PROCESS_VM_READV, pid, local, remoteAddress, length);
        } finally {
            Reference.reachabilityFence(into);
        }
    }

    /** Copies to the process; otherwise as {@link #readv}. */
    public static long writev(
            int pid, long remoteAddress, MemorySegment from, long offset, long length) {
        long local = Memory.readable(from, offset, length);
        try {
            return copy(Syscall.PROCESS_VM_WRITEV, pid, local, remoteAddress, length);
        } finally {
            Reference.reachabilityFence(from);
        }
    }

    private static long copy(Syscall call, int pid, long local, long remote, long length) {
        Scratch scratch = Scratch.current();
        return Kernel.retry(
                call,
                pid,
                scratch.local.set(local, length),
                1,
                scratch.remote.set(remote, length),
                1,
                0);
    }
}
