package io.pcmshare.run.call;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.user.UserMemory;
import io.pcmshare.sys.ProcessMemory;
import io.pcmshare.sys.SeccompNotify;

import java.lang.foreign.MemorySegment;

/**
 * The memory of a thread that waits for our answer. Each copy is made while it certainly still
 * waits: the number of a thread that is gone may be another's by now. Threads: one.
 */
final class ProgramMemory implements UserMemory {
    private static final int EFAULT = Errno.EFAULT.negated();

    private final SeccompNotify listener;
    private final long id;
    private final int tid;

    ProgramMemory(SeccompNotify listener, long id, int tid) {
        this.listener = listener;
        this.id = id;
        this.tid = tid;
    }

    @Override
    public int read(long address, MemorySegment into, long offset, long bytes) {
        long copied = readUpTo(address, into, offset, bytes);
        return copied == bytes && listener.isValid(id) ? 0 : EFAULT;
    }

    /** As many bytes as there are up to what is not mapped; a negated errno for none. */
    long readUpTo(long address, MemorySegment into, long offset, long bytes) {
        if (bytes == 0) {
            return 0;
        }
        long copied = ProcessMemory.readv(tid, address, into, offset, bytes);
        return isRefused(copied) ? ProcessMemory.read(tid, address, into, offset, bytes) : copied;
    }

    @Override
    public int write(long address, MemorySegment from, long offset, long bytes) {
        if (bytes == 0) {
            return 0;
        }
        if (!listener.isValid(id)) {
            return EFAULT;
        }
        long copied = ProcessMemory.writev(tid, address, from, offset, bytes);
        if (isRefused(copied)) {
            copied = ProcessMemory.write(tid, address, from, offset, bytes);
        }
        return copied == bytes ? 0 : EFAULT;
    }

    /** By a sandbox around us: then there is a slower way. */
    private static boolean isRefused(long answer) {
        return answer == Errno.EPERM.negated() || answer == Errno.ENOSYS.negated();
    }
}
