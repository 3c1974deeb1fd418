package io.pcmshare.sys;

import io.pcmshare.abi.Errno;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.file.Path;

/**
 * Copies to and from the memory of another process that we may trace. Man page:
 * process_vm_readv(2).
 *
 * <p>The other process can change its memory at any time: copy once and decide on the copy.
 * Threads: any. {@link #readv} and {@link #writev} allocate nothing.
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

    /**
     * Copies from the process through {@code /proc/PID/mem}, for where a sandbox of our own refuses
     * {@link #readv}: slower, as it opens a file each time. Answers as that does.
     */
    public static long read(
            int pid, long remoteAddress, MemorySegment into, long offset, long length) {
        long local = Memory.writable(into, offset, length);
        return throughFile(Syscall.PREAD64, pid, Fd.O_RDONLY, local, remoteAddress, length);
    }

    /** Copies to the process through {@code /proc/PID/mem}; otherwise as {@link #read}. */
    public static long write(
            int pid, long remoteAddress, MemorySegment from, long offset, long length) {
        long local = Memory.readable(from, offset, length);
        return throughFile(Syscall.PWRITE64, pid, Fd.O_RDWR, local, remoteAddress, length);
    }

    private static long throughFile(
            Syscall call, int pid, int flags, long local, long remote, long length) {
        try (Fd memory = Fd.open(Path.of("/proc/" + pid + "/mem"), flags)) {
            long done = Kernel.retry(call, memory.number(), local, length, remote);
            // what is not mapped is EIO here, and an address beyond all memory EINVAL
            boolean fault = done == Errno.EIO.negated() || done == Errno.EINVAL.negated();
            return fault ? Errno.EFAULT.negated() : done;
        } catch (ErrnoException refused) {
            return -refused.value();
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
