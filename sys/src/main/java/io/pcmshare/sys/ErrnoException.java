package io.pcmshare.sys;

import io.pcmshare.abi.Errno;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** A system call that failed: "{@code memfd_create: EMFILE (24), name=ring-3}". */
public final class ErrnoException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final int value;
    private final String detail;

    /**
     * For a call that set errno.
     *
     * @param call its name as in the manual
     * @param value errno, or its negation as the kernel returns it
     * @param detail its arguments as {@code name=value} pairs, or empty
     */
    public ErrnoException(String call, long value, String detail) {
        super(message(call, Math.toIntExact(Math.abs(value)), detail));
        this.call = call;
        this.value = Math.toIntExact(Math.abs(value));
        this.detail = detail;
    }

    /** The call's name as in the manual. */
    public String call() {
        return call;
    }

    /** The error's constant; {@code null} where Linux has none for {@link #value()}. */
    public @Nullable Errno errno() {
        return Errno.of(value);
    }

    /** The error number, positive. */
    public int value() {
        return value;
    }

    /** The call's arguments as {@code name=value} pairs; may be empty. */
    public String detail() {
        return detail;
    }

    /** Whether this is {@code errno}. */
    public boolean is(Errno errno) {
        return errno.value() == value;
    }

    /**
     * {@code result} if it is none of the kernel's negated errnos, for calls with a cheap detail.
     */
    static long check(String call, long result, String detail) throws ErrnoException {
        if (result < 0) {
            throw new ErrnoException(call, result, detail);
        }
        return result;
    }

    private static String message(String call, int value, String detail) {
        String error = call + ": " + Errno.nameOf(value) + " (" + value + ")";
        return detail.isEmpty() ? error : error + ", " + detail;
    }
}
