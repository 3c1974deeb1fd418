package io.pcmshare.sys;

import java.io.IOException;

/**
 * A process that cannot be mistaken for a later one of the same number. Man page: pidfd_open(2).
 *
 * <p>Owns: its descriptor. Threads: any.
 */
public final class PidFd implements AutoCloseable {
    public static final int SIGKILL = 9;
    public static final int SIGTERM = 15;
    public static final int SIGCONT = 18;
    public static final int SIGSTOP = 19;

    private final Fd fd;

    private PidFd(Fd fd) {
        this.fd = fd;
    }

    /** The process that has this number now; ESRCH if there is none. */
    public static PidFd open(int pid) throws ErrnoException {
        long result = Kernel.call(Syscall.PIDFD_OPEN, pid, 0);
        return new PidFd(Fd.take((int) ErrnoException.check("pidfd_open", result, "pid=" + pid)));
    }

    /** Wraps a pidfd that came from somewhere else, and owns it from now on. */
    public static PidFd take(Fd fd) {
        return new PidFd(fd);
    }

    /** Sends a signal; 0 sends none and only checks. Man page: pidfd_send_signal(2). */
    public void sendSignal(int signal) throws ErrnoException {
        long result = Kernel.retry(Syscall.PIDFD_SEND_SIGNAL, fd.number(), signal, 0, 0);
        ErrnoException.check("pidfd_send_signal", result, "signal=" + signal);
    }

    /**
     * A duplicate of one of its descriptors. Man page: pidfd_getfd(2); needs the right to trace it.
     *
     * @param number the descriptor's number there
     */
    public Fd getFd(int number) throws ErrnoException {
        long result = Kernel.retry(Syscall.PIDFD_GETFD, fd.number(), number, 0);
        return Fd.take((int) ErrnoException.check("pidfd_getfd", result, "fd=" + number));
    }

    /**
     * Waits for the process to end.
     *
     * @param timeoutMillis 0 to look only, negative for no limit
     * @return whether it has
     */
    public boolean awaitExit(int timeoutMillis) throws IOException {
        int events = Poll.once(fd, Poll.POLLIN, timeoutMillis);
        if (events < 0) {
            throw new ErrnoException("ppoll", events, "pidfd=" + fd.number());
        }
        return (events & Poll.POLLIN) != 0;
    }

    /** The descriptor, readable once the process has ended; borrowed. */
    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
