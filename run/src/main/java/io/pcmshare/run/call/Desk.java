package io.pcmshare.run.call;

import io.pcmshare.core.pcm.CallScratch;
import io.pcmshare.run.OpenGate;
import io.pcmshare.run.file.DirtyFiles;
import io.pcmshare.run.file.FileCaller.Resumable;
import io.pcmshare.run.file.FileTable;
import io.pcmshare.run.file.Glances;
import io.pcmshare.run.file.Inbox;
import io.pcmshare.run.file.Ledger;
import io.pcmshare.run.file.PcmSetup;
import io.pcmshare.run.file.ShareDesk;
import io.pcmshare.run.file.StreamWatch;
import io.pcmshare.sys.Epoll;
import io.pcmshare.sys.ProcTask;
import io.pcmshare.sys.SeccompNotify;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What all calls of a supervised program need, and the calls that wait. Threads: one, which {@link
 * Inbox} tells of the others.
 */
public final class Desk {
    private final SeccompNotify listener;
    private final Epoll epoll;
    private final Inbox inbox;
    private final OpenGate gate;
    private final FileTable files;
    private final DirtyFiles dirty;
    private final ShareDesk shares;
    private final PcmSetup pcmSetup;
    private final int mostFiles;
    private final CallScratch scratch;
    private final MemorySegment word;
    private final IdentityHashMap<Resumable, ProgramCall> parked = new IdentityHashMap<>();
    private final ArrayDeque<Resumable> ready = new ArrayDeque<>();
    private Runnable beforeReap = () -> {};
    private BiConsumer<ProgramCall, Long> answers = (call, answer) -> {};

    /**
     * What a desk is told about streams.
     *
     * @param pages whether programs may map status and control pages
     * @param watch told what becomes of streams
     * @param ledger what programs are given, and who is told
     * @param gate decides who may open one
     * @param mostFiles how many there may be at once; opening more answers {@code EMFILE}
     */
    public record Terms(
            boolean pages, StreamWatch watch, Ledger ledger, OpenGate gate, int mostFiles) {}

    /**
     * For one listener.
     *
     * @param inbox how it hears of what other threads do
     * @param firstWatch the first number with which {@code epoll} tells of a pipe
     */
    public Desk(SeccompNotify listener, Epoll epoll, Inbox inbox, Terms terms, long firstWatch) {
        this.listener = listener;
        this.epoll = epoll;
        this.inbox = inbox;
        this.gate = terms.gate();
        this.mostFiles = terms.mostFiles();
        this.dirty = new DirtyFiles(inbox);
        this.files = new FileTable(dirty, terms.watch(), firstWatch);
        this.shares = new ShareDesk(dirty, epoll, files::nextWatch);
        this.pcmSetup =
                new PcmSetup(terms.pages(), dirty, terms.watch(), new Glances(), terms.ledger());
        Arena arena = Arena.ofAuto();
        this.scratch = new CallScratch(arena);
        this.word = arena.allocate(Long.BYTES, Long.BYTES);
    }

    /** Sets who sends the answers of calls that had to wait. */
    public void onAnswer(BiConsumer<ProgramCall, Long> sender) {
        answers = sender;
    }

    SeccompNotify listener() {
        return listener;
    }

    Epoll epoll() {
        return epoll;
    }

    /** The open files. */
    public FileTable files() {
        return files;
    }

    /** The share buffers, and who uses them. */
    ShareDesk shares() {
        return shares;
    }

    /** Something happened to what a number stands for: a pipe, or a process that has ended. */
    public void hungUp(long watch) {
        if (!shares.ended(watch)) {
            files.hungUp(watch);
        }
    }

    /** Sets what lets go of descriptors that we hold in the place of a program's. */
    void onReap(Runnable letGo) {
        beforeReap = letGo;
    }

    /** Closes the files that no program has any more; answers how many that were. */
    int reap() {
        beforeReap.run(); // what we hold ourselves would look like a program's
        return files.reap();
    }

    /** Files whose readiness is to be shown. */
    public DirtyFiles dirty() {
        return dirty;
    }

    /** Looks at streams whose pointer moves without a call. */
    public Glances glances() {
        return pcmSetup.glances();
    }

    Ledger ledger() {
        return pcmSetup.ledger();
    }

    PcmSetup pcmSetup() {
        return pcmSetup;
    }

    OpenGate gate() {
        return gate;
    }

    /** Whether one more file may be opened. */
    boolean hasRoom() {
        return files.count() < mostFiles;
    }

    /** How a call that waits is told to go on, by whatever thread. */
    Inbox.Note readyNote(Resumable resumable) {
        return inbox.note(() -> ready.add(resumable));
    }

    CallScratch scratch() {
        return scratch;
    }

    MemorySegment word() {
        return word;
    }

    void park(ProgramCall call, Resumable resumable) {
        parked.put(resumable, call);
    }

    /** Whether a call waits that may go on. */
    public boolean hasReady() {
        return !ready.isEmpty();
    }

    /** How many calls wait. */
    public int waiting() {
        return parked.size();
    }

    /** Lets the calls go on that may. */
    public void runReady() {
        Resumable next;
        while ((next = ready.poll()) != null) {
            ProgramCall call = parked.get(next);
            if (call == null) {
                continue; // a signal was faster
            }
            long answer = next.run();
            if (answer != ProgramCall.PENDING) {
                var _ = parked.remove(next);
                answers.accept(call, answer);
            }
        }
    }

    /**
     * Ends the calls that a signal waits to interrupt, and forgets those of threads that were
     * killed. The kernel would do the former by itself, but then frames that were moved already
     * would be moved again.
     */
    public void lookForSignals() {
        List<Resumable> ended = new ArrayList<>(0);
        parked.forEach(
                (resumable, call) -> {
                    if (!listener.isValid(call.id()) || ProcTask.hasSignal(call.tid())) {
                        ended.add(resumable);
                    }
                });
        for (Resumable resumable : ended) {
            ProgramCall call = parked.remove(resumable);
            long answer = resumable.interrupt();
            if (call != null) {
                answers.accept(call, answer);
            }
        }
    }
}
