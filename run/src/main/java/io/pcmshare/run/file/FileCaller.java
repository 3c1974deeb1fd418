package io.pcmshare.run.file;

import io.pcmshare.core.pcm.BlockingCall;
import io.pcmshare.core.pcm.CallScratch;
import io.pcmshare.core.user.UserMemory;
import io.pcmshare.sys.Fd;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/** Who makes a call on an open file: a thread of a program that waits for the answer. */
public interface FileCaller extends UserMemory {
    /** It has to wait; {@link #park} was called. */
    long PENDING = BlockingCall.PENDING;

    /** Whether it is a 32-bit program. */
    boolean is32Bit();

    /** The calling thread. */
    int tid();

    /**
     * Whether memory stood in for one of its descriptors until now. The kernel lets go of such
     * memory when the call is over: {@code fput()}, fs/file_table.c.
     */
    boolean holdsPutBackMemory();

    /** The share buffers of all programs. */
    ShareDesk shares();

    /** Memory to work in. */
    CallScratch scratch();

    /** Eight bytes to work in, for an argument that is one number. */
    MemorySegment word();

    /** The flags of its descriptor now, or a negated errno. */
    int descriptorFlags();

    /** The open file behind another of its descriptors; {@code null} for one that is not ours. */
    @Nullable SoundFile file(int descriptor);

    /**
     * Gives it a descriptor.
     *
     * @param file borrowed
     * @param inWindow whether {@code read} and {@code write} on it are ours to answer
     * @return its number there, or a negated errno
     */
    long install(Fd file, boolean inWindow);

    /**
     * Opens a file for it: a pipe, what stands behind it, and the program's end in its table.
     *
     * @param opened how it came to be
     * @param programWrites whether the program gets the write end
     * @param factory makes the file of the pipe, once nothing can fail any more
     * @param onFailure undoes what was opened for it
     * @return its number there, or a negated errno
     */
    long open(
            SoundFile.Opened opened,
            boolean programWrites,
            Function<ReadyPipe, SoundFile> factory,
            Runnable onFailure);

    /**
     * Puts a new open file into the table, by what its descriptors show.
     *
     * @param file ours from now on
     */
    void opened(SoundFile file);

    /**
     * The call has to wait.
     *
     * @param call goes on when {@link #ready} says so
     */
    void park(Resumable call);

    /** A call that waits may go on; called under a card's lock, so it only makes a note. */
    void ready(Resumable call);

    /** A call that waits. */
    interface Resumable {
        /** Goes on: the answer, or {@link #PENDING}. */
        long run();

        /**
         * A signal came.
         *
         * @return the answer instead; a negated {@code ERESTARTSYS} where nothing was done so far
         */
        long interrupt();
    }
}
