package io.pcmshare.run.call;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.CallScratch;
import io.pcmshare.run.file.FileCaller;
import io.pcmshare.run.file.FileTable;
import io.pcmshare.run.file.Inbox;
import io.pcmshare.run.file.ReadyPipe;
import io.pcmshare.run.file.ShareDesk;
import io.pcmshare.run.file.SoundFile;
import io.pcmshare.sys.Arch;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.ProcFd;
import io.pcmshare.sys.ResourceLimit;
import io.pcmshare.sys.SeccompNotification;
import io.pcmshare.sys.SeccompNotify;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/**
 * One system call of a program, which waits for our answer. Its registers are copies; its memory is
 * the program's to change at any time. Threads: one.
 */
public final class ProgramCall implements FileCaller {
    /** The kernel makes the call. */
    public static final long CONTINUE = Long.MIN_VALUE + 1;

    /** The answer was given already, together with a descriptor. */
    public static final long ANSWERED = Long.MIN_VALUE + 2;

    private static final int EOF_OR_GONE = -1;
    private static final int ARGUMENTS = 6;
    private static final int PAGE = 4096;

    private final Desk desk;
    private final SeccompNotify listener;
    private final long id;
    private final int tid;
    private final boolean is32Bit;
    private final @Nullable TrappedCall call;
    private final long[] arguments = new long[ARGUMENTS];
    private final ProgramMemory memory;
    private final long receivedNanos = Clocks.monotonicNanos();
    private @Nullable SoundFile file;
    private @Nullable String path;

    /** By whatever may have it go on, once it waits. */
    private volatile Inbox.@Nullable Note readyNote;

    private int answered;
    private boolean putBack;

    /** Takes what was received out of the notification, which can then be used for the next. */
    ProgramCall(Desk desk, SeccompNotification notification) {
        this.desk = desk;
        this.listener = desk.listener();
        this.id = notification.id();
        this.tid = notification.pid();
        this.is32Bit =
                notification.auditArch() == Arch.I386.auditArch()
                        || notification.auditArch() == Arch.ARM.auditArch();
        this.call = TrappedCall.of(is32Bit, notification.nr());
        notification.arguments(arguments);
        this.memory = new ProgramMemory(listener, id, tid);
    }

    /** Names it in every answer. */
    public long id() {
        return id;
    }

    /** Which call it is; {@code null} for one that our filter does not trap. */
    public @Nullable TrappedCall call() {
        return call;
    }

    /** A register, all of it; those of a 32-bit program have an empty upper half. */
    public long argument(int index) {
        return arguments[index];
    }

    /** A register of a call that takes an int. */
    public int intArgument(int index) {
        return (int) arguments[index];
    }

    /** The offset of mmap, in bytes; a 32-bit program counts pages. */
    long mapOffset() {
        return is32Bit ? Integer.toUnsignedLong(intArgument(5)) * PAGE : argument(5);
    }

    /** When it was received, on the monotonic clock. */
    long receivedNanos() {
        return receivedNanos;
    }

    /** The open file that it is about; {@code null} while not known, or for none of ours. */
    @Nullable SoundFile file() {
        return file;
    }

    void about(SoundFile found) {
        file = found;
        found.calledBy(tid);
    }

    /** The name of ours that it is about; {@code null} for none. */
    @Nullable String path() {
        return path;
    }

    void about(String name) {
        path = name;
    }

    /** Whether memory that stood in for one of its descriptors was just taken away again. */
    void putBack(boolean now) {
        putBack = now;
    }

    @Override
    public boolean holdsPutBackMemory() {
        return putBack;
    }

    /** The descriptor that it was answered with. */
    int answered() {
        return answered;
    }

    /** Its memory. */
    ProgramMemory memory() {
        return memory;
    }

    @Override
    public boolean is32Bit() {
        return is32Bit;
    }

    @Override
    public int tid() {
        return tid;
    }

    @Override
    public ShareDesk shares() {
        return desk.shares();
    }

    @Override
    public CallScratch scratch() {
        return desk.scratch();
    }

    @Override
    public MemorySegment word() {
        return desk.word();
    }

    /** All calls on open files have the descriptor first, or fifth: mmap. */
    int descriptor() {
        return intArgument(call == TrappedCall.MMAP ? 4 : 0);
    }

    @Override
    public int descriptorFlags() {
        return ProcFd.flags(tid, descriptor());
    }

    @Override
    public @Nullable SoundFile file(int number) {
        FileTable.Found found = desk.files().find(tid, number);
        return found == null ? null : found.file();
    }

    @Override
    public long install(Fd file, boolean inWindow) {
        int number = inWindow ? freeInWindow() : EOF_OR_GONE;
        if (number >= 0) {
            int answer = listener.replaceFd(id, file, number, Fd.O_CLOEXEC);
            if (answer >= 0) {
                return answer;
            }
        }
        return listener.addFd(id, file, Fd.O_CLOEXEC);
    }

    /**
     * Gives the program a descriptor and ends the call with its number.
     *
     * @param descriptorFlags {@code O_CLOEXEC} or 0
     * @return {@link #ANSWERED}, or a negated errno that is still to be answered
     */
    long answerWith(Fd end, int descriptorFlags, boolean inWindow) {
        int number = inWindow ? freeInWindow() : EOF_OR_GONE;
        if (number >= 0) {
            answered = listener.replaceFdAndAnswer(id, end, number, descriptorFlags);
            if (answered >= 0) {
                return ANSWERED;
            }
        }
        answered = listener.addFdAndAnswer(id, end, descriptorFlags);
        return answered >= 0 ? ANSWERED : answered;
    }

    /** A number that the program does not use and may use; -1 for none. */
    private int freeInWindow() {
        ProgramFilter.Window window = ProgramFilter.WINDOW;
        long end = Math.min(window.end(), ResourceLimit.descriptors(tid));
        for (int number = window.first(); number < end; number++) {
            if (desk.files().idOf(tid, number) == null) {
                return number;
            }
        }
        return EOF_OR_GONE;
    }

    @Override
    public long open(
            SoundFile.Opened opened,
            boolean programWrites,
            Function<ReadyPipe, SoundFile> factory,
            Runnable onFailure) {
        return open(opened, programWrites, factory, onFailure, false);
    }

    /**
     * As {@link #open(SoundFile.Opened, boolean, Function, Runnable)}; for open(2) itself the
     * number is the answer.
     */
    long open(
            SoundFile.Opened opened,
            boolean programWrites,
            Function<ReadyPipe, SoundFile> factory,
            Runnable onFailure,
            boolean isOpenCall) {
        if (!desk.hasRoom()) {
            onFailure.run();
            return Errno.EMFILE.negated();
        }
        long watch = desk.files().nextWatch();
        ReadyPipe.Made made;
        try {
            int statusFlags = opened.openFlags() & (Fd.O_NONBLOCK | Fd.O_APPEND);
            made =
                    ReadyPipe.create(
                            programWrites, statusFlags, new ReadyPipe.Watch(desk.epoll(), watch));
        } catch (IOException e) {
            onFailure.run();
            return Errno.EMFILE.negated(); // of ours: the machine or we ourselves have too many
        }
        SoundFile opening = factory.apply(made.pipe());
        var _ = opening.refresh();
        opening.calledBy(tid);
        long answer;
        try (Fd end = made.programEnd()) {
            answer =
                    isOpenCall
                            ? answerWith(end, opened.openFlags() & Fd.O_CLOEXEC, true)
                            : install(end, true);
        }
        boolean given = answer == ANSWERED || answer >= 0;
        desk.files().add(opening, watch);
        if (!given) {
            desk.files().hungUp(watch);
        }
        return answer;
    }

    @Override
    public void opened(SoundFile file) {
        desk.files().add(file, desk.files().nextWatch());
    }

    @Override
    public void park(Resumable resumable) {
        readyNote = desk.readyNote(resumable);
        desk.park(this, resumable);
    }

    @Override
    public void ready(Resumable resumable) {
        Inbox.Note note = readyNote;
        if (note != null) {
            note.leave();
        }
    }

    @Override
    public int read(long address, MemorySegment into, long offset, long bytes) {
        return memory.read(address, into, offset, bytes);
    }

    @Override
    public int write(long address, MemorySegment from, long offset, long bytes) {
        return memory.write(address, from, offset, bytes);
    }
}
