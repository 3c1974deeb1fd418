package io.pcmshare.run;

import io.pcmshare.abi.Errno;
import io.pcmshare.run.call.ProgramFilter;
import io.pcmshare.sys.BpfProgram;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.PidFd;
import io.pcmshare.sys.Seccomp;
import io.pcmshare.sys.SeccompAction;
import io.pcmshare.sys.SeccompNotify;
import io.pcmshare.sys.Spawn;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Starts a program under a filter: a thread puts the filter on itself and starts the program, which
 * inherits it; then the thread ends. No other thread of this process is filtered.
 */
final class Launch {
    private Launch() {}

    /**
     * A program that runs.
     *
     * @param listener where its calls wait
     * @param program its process
     * @param pid the process's number, to be collected
     */
    record Launched(SeccompNotify listener, PidFd program, int pid) implements AutoCloseable {
        /** Without anybody who serves it, it gets errors. */
        @Override
        public void close() {
            listener.close();
            program.close();
        }
    }

    static Launched launch(Spawn.Program program) throws IOException {
        BpfProgram filter = ProgramFilter.create();
        CompletableFuture<Fd> listener = new CompletableFuture<>();
        CompletableFuture<Integer> pid = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform()
                        .name("pcm-launch")
                        .unstarted(() -> launch(filter, program, listener, pid));
        // what the thread needs under its filter is there before
        Spawn.prepareClasses();
        thread.start();
        SeccompNotify notify = SeccompNotify.take(join(listener));
        try {
            // before Linux 6.6 there is no such flag, and each call costs more
            var _ = notify.setFlags(SeccompNotify.SYNC_WAKE_UP);
            int number = join(pid);
            return new Launched(notify, PidFd.open(number), number);
        } catch (IOException e) {
            notify.close();
            throw e;
        }
    }

    private static void launch(
            BpfProgram filter,
            Spawn.Program program,
            CompletableFuture<Fd> listener,
            CompletableFuture<Integer> pid) {
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
    }

    private static Fd install(BpfProgram filter) throws IOException {
        try {
            return Seccomp.installListener(filter);
        } catch (ErrnoException e) {
            if (e.is(Errno.EBUSY)) {
                throw new SupervisionException(
                        "this program is already supervised by another one (a second 'pcmshare"
                            + " run', or a container engine that supervises system calls), and Linux"
                            + " allows one supervisor: run it outside of the other.",
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

    private static <T> T join(CompletableFuture<T> future) throws IOException {
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
