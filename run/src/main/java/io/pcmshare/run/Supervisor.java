package io.pcmshare.run;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.clock.Ticking;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.Lockstep;
import io.pcmshare.run.call.Calls;
import io.pcmshare.run.call.Desk;
import io.pcmshare.run.file.Ledger;
import io.pcmshare.run.time.LockstepLoopTime;
import io.pcmshare.run.time.LoopTime;
import io.pcmshare.run.time.RealLoopTime;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.Epoll;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.PidFd;
import io.pcmshare.sys.ResourceLimit;
import io.pcmshare.sys.Scheduling;
import io.pcmshare.sys.SeccompNotification;
import io.pcmshare.sys.SeccompNotify;
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
    private static final long LISTENER = 0;
    private static final long PROGRAM = 1;
    private static final long LAUNCHED = 2;
    private static final long FIRST_PIPE = 3;
    private static final int EVENTS = 256;

    /** How often calls that wait are looked at, whether a signal came; more often for few. */
    private static final long SIGNALS_NANOS = 2_000_000L;

    /** How often files are asked for that nobody tells us of. */
    private static final long REAP_NANOS = 250_000_000L;

    private static final long PATIENCE_NANOS = 2_000_000_000L;

    /** Above ordinary threads, below those of sound servers. */
    private static final int PRIORITY = 1;

    /** A thread of a higher priority would starve the compilers that make it fast. */
    private static final long WARM_UP_NANOS = 10_000_000_000L;

    private static final int RUNNING = -1;

    private final SupervisorSetup setup;
    private final SeccompNotify listener;
    private final Launch.Launched launched;
    private final Epoll epoll;
    private final Desk desk;
    private final Calls calls;
    private final LoopTime time;
    private final SeccompNotification notification = new SeccompNotification();
    private volatile @Nullable PidFd program;

    /** Held while the program is sent a signal: it must not be let go of meanwhile. */
    private final Object signalling = new Object();

    private int pid;
    private int status = RUNNING;
    private boolean listenerGone;
    private long endedNanos;
    private long nextSignalsNanos;
    private long nextReapNanos;
    private long priorityNanos = Long.MAX_VALUE;

    private Supervisor(SupervisorSetup setup, Launch.Launched launched) throws IOException {
        this.setup = setup;
        this.launched = launched;
        this.listener = launched.listener();
        this.epoll = Epoll.create(EVENTS);
        boolean pages = setup.time() instanceof TimeKind.Real;
        this.desk =
                new Desk(
                        listener,
                        epoll,
                        pages,
                        setup.log().watch(),
                        FIRST_PIPE,
                        new Ledger(setup.audit(), setup.denied()));
        this.calls = new Calls(desk, setup.system(), setup.trace(), setup.messages());
        this.time = timeOf(setup);
        desk.dirty().onWoken(time::woken);
        desk.onAnswer(
                (call, answer) -> {
                    calls.send(call, answer);
                    time.answered(call.tid());
                });
        epoll.add(listener.fd(), Epoll.EPOLLIN, LISTENER);
        epoll.add(launched.done().fd(), Epoll.EPOLLIN, LAUNCHED);
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
        while (!listenerGone || status == RUNNING) {
            step();
        }
        return status;
    }

    /** The thread that starts the program is supervised itself, so it is served meanwhile. */
    private void awaitStart() throws IOException {
        while (!launched.pid().isDone()) {
            step();
        }
        pid = Launch.join(launched.pid());
        // after the program got the limit that it would have without us
        var _ = ResourceLimit.raiseDescriptors();
        PidFd process = PidFd.open(pid);
        program = process;
        epoll.add(process.fd(), Epoll.EPOLLIN, PROGRAM);
    }

    private void step() throws IOException {
        desk.runReady();
        desk.dirty().refreshAll();
        long waitNanos = time.advance();
        desk.dirty().refreshAll();
        if (desk.hasReady()) {
            waitNanos = 0;
        }
        int ready = epoll.waitNanos(housekeeping(waitNanos));
        if (ready < 0) {
            throw new ErrnoException("epoll_pwait2", ready, "");
        }
        serve(ready);
    }

    /** Pipes first: a program that closes a device and opens it again finds it free. */
    private void serve(int ready) throws IOException {
        boolean called = false;
        for (int i = 0; i < ready; i++) {
            long data = epoll.data(i);
            if (data == LISTENER) {
                called = (epoll.events(i) & Epoll.EPOLLIN) != 0;
                if (!called) {
                    // once: it is not told of again, while the program's own end may be to come
                    listenerGone = true;
                    epoll.del(listener.fd());
                }
            } else if (data == PROGRAM) {
                programEnded();
            } else if (data == LAUNCHED) {
                epoll.del(launched.done().fd());
            } else {
                desk.hungUp(data);
            }
        }
        if (called && listener.receive(notification) == 0) {
            int tid = notification.pid();
            if (calls.serve(notification)) {
                time.answered(tid);
            } else {
                time.waits(tid);
            }
        }
    }

    private void programEnded() throws IOException {
        status = Spawn.collect(pid);
        endedNanos = Clocks.monotonicNanos();
        PidFd process = program;
        if (process != null) {
            epoll.del(process.fd());
        }
    }

    /** Does now and then what nobody tells us of; answers how long to wait at most. */
    private long housekeeping(long waitNanos) {
        long nowNanos = Clocks.monotonicNanos();
        long wait = waitNanos;
        if (nowNanos >= priorityNanos) {
            priorityNanos = Long.MAX_VALUE;
            var _ = Scheduling.tryFifo(PRIORITY); // may be refused, as 'pcmshare doctor' says
        }
        if (desk.waiting() > 0) {
            if (nowNanos >= nextSignalsNanos) {
                desk.lookForSignals();
                nextSignalsNanos = nowNanos + SIGNALS_NANOS * Math.max(1, desk.waiting());
            }
            wait = sooner(wait, nextSignalsNanos - nowNanos);
        }
        if (calls.needsAsking()) {
            if (nowNanos >= nextReapNanos) {
                calls.ask();
                nextReapNanos = nowNanos + REAP_NANOS;
            }
            wait = sooner(wait, nextReapNanos - nowNanos);
        }
        wait = sooner(wait, desk.glances().due(nowNanos));
        if (status != RUNNING && !listenerGone && endedNanos != 0) {
            if (nowNanos - endedNanos >= PATIENCE_NANOS) {
                endedNanos = 0;
                setup.messages()
                        .accept(
                                "the program has ended; waiting for processes that it left"
                                        + " behind.");
            } else {
                wait = sooner(wait, PATIENCE_NANOS);
            }
        }
        return wait;
    }

    private static long sooner(long one, long other) {
        if (one < 0) {
            return other;
        }
        return other < 0 ? one : Math.min(one, other);
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
        calls.close();
        epoll.close();
        synchronized (signalling) {
            PidFd process = program;
            program = null;
            if (process != null) {
                process.close();
            }
        }
    }
}
