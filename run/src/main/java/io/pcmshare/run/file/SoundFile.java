package io.pcmshare.run.file;

import io.pcmshare.abi.Errno;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.FileId;
import io.pcmshare.sys.KernelLocks;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * An open file of a program: what all descriptors share that were duplicated, inherited or passed
 * on from the one that we gave out. Kernel: {@code struct file}.
 *
 * <p>Threads: one.
 */
public abstract sealed class SoundFile permits PipeFile, MemoryFile {
    private final Opened opened;
    private boolean closed;
    private int lastThread;
    private final Set<Integer> threads = new HashSet<>(4);

    /**
     * How it came to be.
     *
     * @param linkText what {@code readlink} of its descriptor says
     * @param openFlags access mode and flags as {@code F_GETFL} is to show them, except those that
     *     {@code F_SETFL} changes
     * @param pid the process that opened it
     * @param program that process's name
     */
    public record Opened(String linkText, int openFlags, int pid, String program) {}

    SoundFile(Opened opened) {
        this.opened = opened;
    }

    /** How it came to be. */
    public final Opened opened() {
        return opened;
    }

    /** The file that its descriptors show. */
    public abstract FileId id();

    /**
     * Answers an ioctl.
     *
     * @return 0 or a result; a negated errno; or that it has to wait
     */
    public abstract long ioctl(FileCaller caller, int request, long argument);

    /** Answers read(2), with bytes; otherwise as {@link #ioctl}. */
    public abstract long read(FileCaller caller, long address, long bytes);

    /** Answers write(2), with bytes; otherwise as {@link #ioctl}. */
    public abstract long write(FileCaller caller, long address, long bytes);

    /** Answers readv(2) or writev(2) of more than one part; otherwise as {@link #ioctl}. */
    public abstract long vector(FileCaller caller);

    /**
     * Answers mmap(2).
     *
     * @param request what is to be mapped
     * @return what to put in the descriptor's place while it is mapped, or an errno
     */
    public abstract MapAnswer mmap(MapRequest request);

    /**
     * Shows its readiness, if that has changed.
     *
     * @return whether a thread that polls its descriptor has been woken
     */
    public abstract boolean refresh();

    /** A thread makes a call on it: the one that will poll it, as far as can be known. */
    public final void calledBy(int thread) {
        if (thread != lastThread) {
            lastThread = thread;
            if (threads.add(thread)) {
                firstCallBy(thread);
            }
        }
    }

    /** A thread makes its first call on it. */
    void firstCallBy(int thread) {}

    /** The thread that last made a call on it; 0 before the first. */
    final int lastThread() {
        return lastThread;
    }

    /** Whether no descriptor and no mapping of it is left, as far as can be seen without asking. */
    abstract boolean isKnownGone();

    /** Whether none is left, given what the kernel's list of locks says. */
    abstract boolean isGone(KernelLocks locks);

    /** Whether {@link #isKnownGone} would notice; otherwise it has to be asked now and then. */
    abstract boolean isWatched();

    /** The last descriptor is gone. */
    final void close() {
        if (!closed) {
            closed = true;
            release();
        }
    }

    /** Whether the last descriptor is gone. */
    public final boolean isClosed() {
        return closed;
    }

    abstract void release();

    /**
     * What mmap(2) asks for.
     *
     * @param offset bytes, as the kernel counts them
     * @param length bytes
     * @param prot {@code PROT_READ}, {@code PROT_WRITE}
     */
    public record MapRequest(long offset, long length, int prot) {}

    /** What mmap(2) is answered. */
    public sealed interface MapAnswer {
        /**
         * A refusal.
         *
         * @param errno negated
         */
        record Refused(int errno) implements MapAnswer {}

        /**
         * The kernel maps this in the descriptor's place.
         *
         * @param memory opened for this; the caller's
         */
        record Granted(Fd memory) implements MapAnswer {}

        /** The kernel may map what the descriptor is. */
        record Itself() implements MapAnswer {}
    }

    /** For what cannot fail unless the machine is out of something. */
    static int errnoOf(IOException failure) {
        return failure instanceof ErrnoException e ? -e.value() : Errno.ENOMEM.negated();
    }
}
