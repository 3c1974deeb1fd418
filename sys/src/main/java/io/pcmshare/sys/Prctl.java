package io.pcmshare.sys;

/** Operations on the calling thread or its process. Man page: prctl(2). */
final class Prctl {
    static final int PR_SET_NAME = 15;
    static final int PR_GET_NAME = 16;
    static final int PR_SET_VMA = 0x53564d41;

    private static final int PR_SET_NO_NEW_PRIVS = 38;

    private Prctl() {}

    /** No program it starts gains rights, from now on: the price of a filter without root. */
    static void setNoNewPrivileges() throws ErrnoException {
        long result = Kernel.call(Syscall.PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0);
        ErrnoException.check("prctl", result, "PR_SET_NO_NEW_PRIVS");
    }
}
