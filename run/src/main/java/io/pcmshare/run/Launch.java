package io.pcmshare.run;

import io.pcmshare.abi.Errno;
import io.pcmshare.run.call.ProgramFilter;
import io.pcmshare.sys.BpfProgram;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.EventFd;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Seccomp;
import io.pcmshare.sys.SeccompAction;
import io.pcmshare.sys.SeccompNotify;
import io.pcmshare.sys.Spawn;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Starts a program under a filter: a thread puts the filter on itself and starts the program, which
 * inherits it; then the thread ends. No other thread of this process is filtered.
 */
final class Launch {
    private Launch() {}

    /**
     * A program that is being started.
     *
     * @param listener where its calls wait, and those of the thread that starts it
     * @param pid of its process, to be collected; or why it could not be started
     * @param done readable once the pid is known
     */
    record Launched(SeccompNotify listener, CompletableFuture<Integer> pid, EventFd done)
            implements AutoCloseable {
        /** Without anybody who serves it, it gets errors. */
        @Override
        public void close() {
            listener.close();
            done.close();
        }
    }

    /** Begins to start a program; its calls have to be served from now on. */
    static Launched launch(Spawn.Program program) throws IOException {
        BpfProgram filter = ProgramFilter.create();
        CompletableFuture<Fd> listener = new CompletableFuture<>();
        CompletableFuture<Integer> pid = new CompletableFuture<>();
        EventFd done = EventFd.create(0);
        rehearse(done);
        List<Runnable> recordings = QuietRecordings.quiet();
        Thread thread =
                Thread.ofPlatform()
                        .name("pcm-launch")
                        .start(() -> launch(filter, program, listener, pid, done));
        QuietRecordings.restoreAfter(thread, recordings);
        try {
            SeccompNotify notify = SeccompNotify.take(join(listener));
            // before Linux 6.6 there is no such flag, and each call costs more
            var _ = notify.setFlags(SeccompNotify.SYNC_WAKE_UP);
            return new Launched(notify, pid, done);
        } catch (IOException e) {
            done.close();
            throw e;
        }
    }

    /**
     * Loads every class that the thread needs under its filter. One that it loaded then, it would
     * load in a call that we have to serve, holding a lock that we may need for a class of ours.
     */
    private static void rehearse(EventFd done) {
        Spawn.rehearse();
        CompletableFuture<Integer> rehearsed = new CompletableFuture<>();
        rehearsed.complete((int) done.drain());
        rehearsed.completeExceptionally(new IllegalStateException());
        var _ = done.add(1);
        var _ = done.drain();
    }

    private static void launch(
            BpfProgram filter,
            Spawn.Program program,
            CompletableFuture<Fd> listener,
            CompletableFuture<Integer> pid,
            EventFd done) {
        try {
            listener.complete(install(filter));
        } catch (IOException e) {
            listener.completeExceptionally(e);
            return;
        }
        try {
            pid.complete(Spawn.start(program));
        } catch (IOException | RuntimeException e) {
            pid.completeExceptionally(e);
        }
        var _ = done.add(1);
    }

    private static Fd install(BpfProgram filter) throws IOException {
        try {
            return Seccomp.installListener(filter);
        } catch (ErrnoException e) {
            if (e.is(Errno.EBUSY)) {
                throw new SupervisionException(
                        "this program is already supervised by another one (a second 'pcmshare"
                                + " run', or a container engine that supervises system calls), and"
                                + " Linux allows one supervisor: run it outside of the other.",
                        e);
            }
            if (!Seccomp.actionAvailable(SeccompAction.notifyListener())) {
                throw new SupervisionException(
                        "this kernel, or the sandbox around us, does not let system calls be"
                                + " supervised (seccomp user notification, Linux 5.0 and newer):"
                                + " 'pcmshare doctor' says more.",
                        e);
            }
            throw e;
        }
    }

    static <T> T join(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
