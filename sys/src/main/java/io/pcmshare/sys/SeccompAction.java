package io.pcmshare.sys;

import io.pcmshare.abi.Errno;

/**
 * What a filter answers to a system call. Kernel: uapi/linux/seccomp.h, SECCOMP_RET_*.
 *
 * @param value as the filter returns it
 */
public record SeccompAction(int value) {
    private static final int RET_KILL_PROCESS = 0x80000000;
    private static final int RET_ERRNO = 0x00050000;
    private static final int RET_USER_NOTIF = 0x7fc00000;
    private static final int RET_ALLOW = 0x7fff0000;
    private static final int RET_ACTION_FULL = 0xffff0000;

    /** The call is made. */
    public static SeccompAction allow() {
        return new SeccompAction(RET_ALLOW);
    }

    /** The call is not made and fails so. */
    public static SeccompAction errno(Errno errno) {
        return new SeccompAction(RET_ERRNO | errno.value());
    }

    /** The call waits for who holds the listener. */
    public static SeccompAction notifyListener() {
        return new SeccompAction(RET_USER_NOTIF);
    }

    /** The process dies of SIGSYS. */
    public static SeccompAction killProcess() {
        return new SeccompAction(RET_KILL_PROCESS);
    }

    /** The action without its data, as {@link Seccomp#actionAvailable} asks for it. */
    int kind() {
        return value & RET_ACTION_FULL;
    }

    @Override
    public String toString() {
        return switch (kind()) {
            case RET_ALLOW -> "ALLOW";
            case RET_ERRNO -> "ERRNO(" + Errno.nameOf(value & ~RET_ACTION_FULL) + ")";
            case RET_USER_NOTIF -> "USER_NOTIF";
            case RET_KILL_PROCESS -> "KILL_PROCESS";
            default -> "0x" + Integer.toHexString(value);
        };
    }
}
