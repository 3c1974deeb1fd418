package io.pcmshare.run;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.clock.Ticking;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.Lockstep;
import io.pcmshare.run.file.Inbox;
import io.pcmshare.run.time.LockstepLoopTime;
import io.pcmshare.run.time.LoopTime;
import io.pcmshare.run.time.RealLoopTime;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.PidFd;
import io.pcmshare.sys.ResourceLimit;
import io.pcmshare.sys.Scheduling;
import io.pcmshare.sys.Spawn;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a program, with all its children and threads, on cards that exist only here: serves its
 * calls, moves the cards' time, and ends when the last of its processes has.
 *
 * <p>One thread does everything, in {@link #run}; so there is one order of calls and instants. Owns
 * the listener and what is open for the program. Threads: {@link #run} one; {@link #signal} any.
 */
public final class Supervisor implements AutoCloseable {
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    /** Above ordinary threads, below those of sound servers. */
    private static final int PRIORITY = 1;

    /** A thread of a higher priority would starve the compilers that make it fast. */
    private static final long WARM_UP_NANOS = 10_000_000_000L;

    private static final int RUNNING = -1;

    private final SupervisorSetup setup;
    private final Launch.Launched launched;
    private final ProgramLoop loop;
    private volatile @Nullable PidFd program;

    /** Held while the program is sent a signal: it must not be let go of meanwhile. */
    private final Object signalling = new Object();

    private int pid;
    private int status = RUNNING;
    private long endedNanos;
    private long priorityNanos = Long.MAX_VALUE;

    private Supervisor(SupervisorSetup setup, Launch.Launched launched) throws IOException {
        this.setup = setup;
        this.launched = launched;
        this.loop =
                new ProgramLoop(
                        launched.listener(),
                        new ServiceSetup(
                                setup.system(),
                                setup.time() instanceof TimeKind.Real,
                                setup.log().watch(),
                                setup.audit(),
                                setup.denied(),
                                OpenGate.OPEN,
                                Integer.MAX_VALUE,
                                setup.trace(),
                                setup.messages()),
                        timeOf(setup),
                        Inbox.ofOneThread());
        loop.watch(launched.done().fd(), () -> loop.forget(launched.done().fd()));
    }

    private static LoopTime timeOf(SupervisorSetup setup) {
        List<Card> cards = setup.system().cards().stream().map(card -> card.card()).toList();
        return switch (setup.time()) {
            case TimeKind.Real real -> {
                List<Ticking> all = new ArrayList<>(cards);
                all.add(setup.system().timers());
                yield new RealLoopTime(all, real.clock());
            }
            case TimeKind.Lockstep lockstep ->
                    new LockstepLoopTime(
                            new Lockstep(
                                    cards, List.of(setup.system().timers()), lockstep.clock()));
        };
    }

    /**
     * Starts the program.
     *
     * @throws SupervisionException in a sentence, why programs cannot be supervised here
     * @throws ErrnoException where there is no such program: {@code posix_spawnp}, ENOENT or EACCES
     */
    public static Supervisor start(SupervisorSetup setup) throws IOException {
        Launch.Launched launched = Launch.launch(setup.program());
        try {
            Supervisor supervisor = new Supervisor(setup, launched);
            supervisor.awaitStart();
            return supervisor;
        } catch (IOException | RuntimeException e) {
            launched.close();
            throw e;
        }
    }

    /**
     * Serves until the last process of the program is gone.
     *
     * @return the program's exit status, or 128 and the number of the signal that ended it
     */
    public int run() throws IOException {
        // may be refused: then wake-ups are later
        var _ = Scheduling.tryTimerSlack(1);
        priorityNanos =
                setup.time() instanceof TimeKind.Real
                        ? Clocks.monotonicNanos() + WARM_UP_NANOS
                        : Long.MAX_VALUE;
        while (!loop.isListenerGone() || status == RUNNING) {
            loop.step(housekeeping());
        }
        return status;
    }

    /** The thread that starts the program is supervised itself, so it is served meanwhile. */
    private void awaitStart() throws IOException {
        while (!launched.pid().isDone()) {
            loop.step(-1);
        }
        pid = Launch.join(launched.pid());
        // after the program got the limit that it would have without us
        var _ = ResourceLimit.raiseDescriptors();
        PidFd process = PidFd.open(pid);
        program = process;
        loop.watch(process.fd(), this::programEnded);
    }

    private void programEnded() throws IOException {
        status = Spawn.collect(pid);
        endedNanos = Clocks.monotonicNanos();
        PidFd process = program;
        if (process != null) {
            loop.forget(process.fd());
        }
    }

    /** Does now and then what nobody tells us of; answers how long to wait at most. */
    private long housekeeping() {
        long nowNanos = Clocks.monotonicNanos();
        if (nowNanos >= priorityNanos) {
            priorityNanos = Long.MAX_VALUE;
            var _ = Scheduling.tryFifo(PRIORITY); // may be refused, as 'pcmshare doctor' says
        }
        if (status == RUNNING || loop.isListenerGone() || endedNanos == 0) {
            return LoopTime.NEVER;
        }
        if (nowNanos - endedNanos < PATIENCE_NANOS) {
            return PATIENCE_NANOS;
        }
        endedNanos = 0;
        setup.messages()
                .accept("the program has ended; waiting for processes that it left behind.");
        return LoopTime.NEVER;
    }

    /** Sends the program a signal; nothing where it has ended. */
    public void signal(int number) {
        synchronized (signalling) {
            PidFd process = program;
            if (process == null) {
                return;
            }
            try {
                process.sendSignal(number);
            } catch (ErrnoException gone) {
                if (!gone.is(Errno.ESRCH)) {
                    setup.messages().accept(gone.getMessage());
                }
            }
        }
    }

    /** The program's process. */
    public int pid() {
        return pid;
    }

    /** Lets go of everything; programs that are still there get errors from now on. */
    @Override
    public void close() throws IOException {
        launched.close();
        loop.close();
        synchronized (signalling) {
            PidFd process = program;
            program = null;
            if (process != null) {
                process.close();
            }
        }
    }
}
