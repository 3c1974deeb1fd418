package io.pcmshare.run;

import io.pcmshare.abi.Errno;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.PidFd;
import io.pcmshare.sys.Poll;
import io.pcmshare.sys.Spawn;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * A program that is started here and served by another process. Between {@link #launch} and the
 * moment when the other serves the listener, the program does not come far: the calls that start it
 * wait, too.
 *
 * <p>Owns the listener until {@link #handedOver}, and the program's pidfd. Threads: one; {@link
 * #signal} any.
 */
public final class GuestProgram implements AutoCloseable {
    private static final int FOR_EVER = -1;
    private static final int RUNNING = -1;

    private final Launch.Launched launched;
    private final Object signalling = new Object();
    private @Nullable PidFd process;
    private int pid;
    private int status = RUNNING;

    private GuestProgram(Launch.Launched launched) {
        this.launched = launched;
    }

    /**
     * Begins to start it.
     *
     * @throws SupervisionException in a sentence, why programs cannot be supervised here
     */
    public static GuestProgram launch(Spawn.Program program) throws IOException {
        return new GuestProgram(Launch.launch(program));
    }

    /** Where its calls wait; borrowed, to be sent to whoever serves them. */
    public Fd borrowListener() {
        return launched.listener().fd();
    }

    /** Another process has the listener now: this one lets go of it, so that it ends with that. */
    public void handedOver() {
        launched.listener().close();
    }

    /**
     * Waits until it has started.
     *
     * @throws ErrnoException where there is no such program: {@code posix_spawnp}, ENOENT or EACCES
     */
    public void awaitStart() throws IOException {
        pid = Launch.join(launched.pid());
        synchronized (signalling) {
            process = PidFd.open(pid);
        }
    }

    /** Readable once it has ended; borrowed. */
    public Fd borrowEnd() {
        PidFd started = process;
        if (started == null) {
            throw new IllegalStateException("it has not started");
        }
        return started.fd();
    }

    /** Its process. */
    public int pid() {
        return pid;
    }

    /**
     * Waits for its end.
     *
     * @return its exit status, or 128 and the number of the signal that ended it
     */
    public int collect() {
        if (status == RUNNING) {
            // who serves it may notice its end a moment before it can be collected
            while (Poll.once(borrowEnd(), Poll.POLLIN, FOR_EVER) <= 0) {
                // a signal came between
            }
            status = Spawn.collect(pid);
        }
        return status;
    }

    /** Sends it a signal; nothing where it has ended. */
    public void signal(int number) {
        synchronized (signalling) {
            PidFd started = process;
            if (started == null) {
                return;
            }
            try {
                started.sendSignal(number);
            } catch (ErrnoException gone) {
                if (!gone.is(Errno.ESRCH)) {
                    throw new IllegalStateException(gone);
                }
            }
        }
    }

    /** Without anybody who serves it, it gets errors. */
    @Override
    public void close() {
        launched.close();
        synchronized (signalling) {
            PidFd started = process;
            process = null;
            if (started != null) {
                started.close();
            }
        }
    }
}
