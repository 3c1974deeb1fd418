package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.pcmshare.abi.Errno;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Filters of system calls. Man page: seccomp(2), seccomp_unotify(2). */
public final class Seccomp {
    // Kernel: uapi/linux/seccomp.h
    /** For all threads of the process. */
    public static final int FLAG_TSYNC = 1;

    /** For the calling thread and what it starts, supervised through a descriptor. */
    public static final int FLAG_NEW_LISTENER = 8;

    /** A call that has been received is interrupted by deadly signals only; Linux 5.19. */
    public static final int FLAG_WAIT_KILLABLE_RECV = 32;

    private static final int SET_MODE_FILTER = 1;
    private static final int GET_ACTION_AVAIL = 2;

    private Seccomp() {}

    /**
     * Filters system calls from now on, for good; sets NO_NEW_PRIVS before.
     *
     * @param flags without {@link #FLAG_TSYNC} the calling thread alone, and threads and processes
     *     it starts later; that must be a platform thread
     * @return the listener, the caller's, if {@link #FLAG_NEW_LISTENER} was given
     * @throws ErrnoException EBUSY if this thread has a listener already; ESRCH if another thread
     *     has a filter of its own and cannot follow
     */
    public static Optional<Fd> install(BpfProgram program, int flags) throws ErrnoException {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("a virtual thread has no filter of its own");
        }
        Prctl.setNoNewPrivileges();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fprog = program.toNative(arena);
            long result = Kernel.call(Syscall.SECCOMP, SET_MODE_FILTER, flags, fprog.address());
            ErrnoException.check("seccomp", result, "flags=" + flags);
            if ((flags & FLAG_NEW_LISTENER) != 0) {
                return Optional.of(Fd.take((int) result));
            }
            if (result > 0) {
                throw new ErrnoException("seccomp", Errno.ESRCH.value(), "thread=" + result);
            }
            return Optional.empty();
        }
    }

    /** Filters the calling thread and what it starts; answers the listener, the caller's. */
    public static Fd installListener(BpfProgram program) throws ErrnoException {
        try {
            return install(program, FLAG_NEW_LISTENER | FLAG_WAIT_KILLABLE_RECV).orElseThrow();
        } catch (ErrnoException e) {
            if (!e.is(Errno.EINVAL)) {
                throw e;
            }
            return install(program, FLAG_NEW_LISTENER).orElseThrow(); // before Linux 5.19
        }
    }

    /**
     * Whether a call that a listener has received waits for the answer through every signal that
     * does not kill: Linux 5.19. Asked as seccomp(2) says, with a program at no address: EINVAL is
     * of the flags, which come first.
     */
    static boolean waitsKillable() {
        int flags = FLAG_NEW_LISTENER | FLAG_WAIT_KILLABLE_RECV;
        return Kernel.call(Syscall.SECCOMP, SET_MODE_FILTER, flags, 0) == Errno.EFAULT.negated();
    }

    /** Whether this kernel knows an action; false where it has no filters, or refuses to tell. */
    public static boolean actionAvailable(SeccompAction action) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment kind = arena.allocateFrom(JAVA_INT, action.kind());
            return Kernel.call(Syscall.SECCOMP, GET_ACTION_AVAIL, 0, kind.address()) == 0;
        }
    }
}
