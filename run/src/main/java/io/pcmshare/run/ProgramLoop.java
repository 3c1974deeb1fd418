package io.pcmshare.run;

import io.pcmshare.run.call.Calls;
import io.pcmshare.run.call.Desk;
import io.pcmshare.run.file.Inbox;
import io.pcmshare.run.file.Ledger;
import io.pcmshare.run.time.LoopTime;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.Epoll;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Poll;
import io.pcmshare.sys.SeccompNotification;
import io.pcmshare.sys.SeccompNotify;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Serves the calls behind one listener and moves time, a step at a time. Owns what is open for the
 * programs and the inbox, not the listener. Threads: one.
 */
final class ProgramLoop implements AutoCloseable {
    private static final long LISTENER = 0;
    private static final long BELL = 1;
    private static final long FIRST_OTHER = 2;
    private static final long FIRST_PIPE = 16;
    private static final int EVENTS = 256;

    /** How often calls that wait are looked at, whether a signal came; more often for few. */
    private static final long SIGNALS_NANOS = 2_000_000L;

    /** How often files are asked for that nobody tells us of. */
    private static final long REAP_NANOS = 250_000_000L;

    private final SeccompNotify listener;
    private final Inbox inbox;
    private final Epoll epoll;
    private final Desk desk;
    private final Calls calls;
    private final LoopTime time;
    private final SeccompNotification notification = new SeccompNotification();
    private final Map<Long, Event> events = new HashMap<>();
    private boolean listenerGone;
    private long nextSignalsNanos;
    private long nextReapNanos;

    /** Something happened to a descriptor. */
    @FunctionalInterface
    interface Event {
        /** Acts on it. */
        void happened() throws IOException;
    }

    ProgramLoop(SeccompNotify listener, ServiceSetup setup, LoopTime time, Inbox inbox)
            throws IOException {
        this.listener = listener;
        this.inbox = inbox;
        this.time = time;
        this.epoll = Epoll.create(EVENTS);
        Desk.Terms terms =
                new Desk.Terms(
                        setup.pages(),
                        setup.watch(),
                        new Ledger(setup.audit(), setup.denied()),
                        setup.gate(),
                        setup.mostFiles());
        this.desk = new Desk(listener, epoll, inbox, terms, FIRST_PIPE);
        this.calls = new Calls(desk, setup.system(), setup.trace(), setup.messages());
        desk.dirty().onWoken(time::woken);
        desk.onAnswer(
                (call, answer) -> {
                    calls.send(call, answer);
                    time.answered(call.tid());
                });
        epoll.add(listener.fd(), Epoll.EPOLLIN, LISTENER);
        Fd bell = inbox.bell();
        if (bell != null) {
            epoll.add(bell, Epoll.EPOLLIN, BELL);
        }
    }

    /** Acts when a descriptor is readable, which stays its owner's. */
    void watch(Fd descriptor, Event event) throws ErrnoException {
        long data = FIRST_OTHER + events.size();
        epoll.add(descriptor, Epoll.EPOLLIN, data);
        events.put(data, event);
    }

    /** Forgets a descriptor. */
    void forget(Fd descriptor) throws ErrnoException {
        epoll.del(descriptor);
    }

    /** Whether nobody is left whose calls could come. */
    boolean isListenerGone() {
        return listenerGone;
    }

    /** The open files, and the calls that wait. */
    Desk desk() {
        return desk;
    }

    /**
     * Does what is due, waits for more and serves it.
     *
     * @param mostNanos for how long to wait at most; negative for no limit
     */
    void step(long mostNanos) throws IOException {
        if (inbox.read()) {
            return; // what was said may be about whoever makes the next step
        }
        desk.runReady();
        desk.dirty().refreshAll();
        long waitNanos = time.advance();
        desk.dirty().refreshAll();
        if (desk.hasReady()) {
            waitNanos = 0;
        }
        int ready = epoll.waitNanos(housekeeping(sooner(waitNanos, mostNanos)));
        if (ready < 0) {
            throw new ErrnoException("epoll_pwait2", ready, "");
        }
        serve(ready);
    }

    /** Waits until somebody has left a note, and acts on it; serves nothing. */
    void awaitNote() throws IOException {
        Fd bell = inbox.bell();
        if (bell == null) {
            throw new IllegalStateException("nobody leaves notes");
        }
        int events = Poll.once(bell, Poll.POLLIN, -1);
        if (events < 0) {
            throw new ErrnoException("ppoll", events, "");
        }
        inbox.silence();
        inbox.read();
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
            } else if (data == BELL) {
                inbox.silence();
            } else if (data < FIRST_PIPE) {
                Event event = events.get(data);
                if (event != null) {
                    event.happened();
                }
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

    /** Does now and then what nobody tells us of; answers how long to wait at most. */
    private long housekeeping(long waitNanos) {
        long nowNanos = Clocks.monotonicNanos();
        long wait = waitNanos;
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
        return sooner(wait, desk.glances().due(nowNanos));
    }

    static long sooner(long one, long other) {
        if (one < 0) {
            return other;
        }
        return other < 0 ? one : Math.min(one, other);
    }

    @Override
    public void close() throws IOException {
        calls.close();
        epoll.close();
        inbox.close();
    }
}
