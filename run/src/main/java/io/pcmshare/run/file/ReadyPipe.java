package io.pcmshare.run.file;

import io.pcmshare.sys.Epoll;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.FileId;
import io.pcmshare.sys.OfdLock;
import io.pcmshare.sys.Pipe;
import io.pcmshare.sys.Poll;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The pipe whose one end a program holds as its sound descriptor. The kernel answers {@code poll}
 * from what is in it, with nothing trapped, and tells us when the last copy of that end is gone.
 *
 * <p>The program has the write end of a stream that it plays to, and the read end of everything
 * else. Owns: our end, while there is one, and an {@code O_PATH} descriptor by which either end can
 * be opened again. Threads: one.
 */
public final class ReadyPipe implements AutoCloseable {
    /** The byte of the program's open file that is locked, so that we can ask whether it lives. */
    static final long MARK = 0;

    private static final int PIPE_BYTES = 4096;

    /** Zeros; what one program wrote must not get into the pipe of another. */
    private static final MemorySegment PAGE = Arena.ofAuto().allocate(PIPE_BYTES).asReadOnly();

    /** Where bytes go that nobody wants; several threads may write it at once. */
    private static final MemorySegment NOWHERE = Arena.ofAuto().allocate(PIPE_BYTES);

    /** What poll(2) says of the program's end. */
    public enum Show {
        /** Nothing. */
        WAIT,
        /** {@code POLLOUT}, or {@code POLLIN} of a read end. */
        READY,
        /** Ready, and {@code POLLERR}; of a read end {@code POLLHUP}, which is all a pipe has. */
        READY_ERROR,
        /** {@code POLLERR}, or {@code POLLHUP}. */
        ERROR
    }

    private final boolean programWrites;
    private final FileId id;
    private final Fd anchor;
    private final Epoll epoll;
    private final long epollData;
    private @Nullable Fd ours;
    private boolean full;
    private Show shown = Show.READY;

    private ReadyPipe(boolean programWrites, Fd ours, Fd anchor, Watch watch) throws IOException {
        this.programWrites = programWrites;
        this.anchor = anchor;
        this.id = anchor.id();
        this.epoll = watch.epoll();
        this.epollData = watch.data();
        this.ours = ours;
        epoll.add(ours, 0, epollData);
    }

    /**
     * Who is told when the program's end is gone.
     *
     * @param epoll reports {@code EPOLLHUP} or {@code EPOLLERR}
     * @param data with this
     */
    public record Watch(Epoll epoll, long data) {}

    /**
     * A pipe and the end that goes to the program.
     *
     * @param pipe keeps our side
     * @param programEnd the caller's to install and close
     */
    public record Made(ReadyPipe pipe, Fd programEnd) {}

    /**
     * Makes one.
     *
     * @param programWrites whether the program holds the write end
     * @param statusFlags {@code O_NONBLOCK} and {@code O_APPEND} of the program's end
     */
    public static Made create(boolean programWrites, int statusFlags, Watch watch)
            throws IOException {
        try (Pipe pipe = Pipe.create(Fd.O_NONBLOCK)) {
            var _ = Pipe.setCapacity(pipe.writeEnd(), PIPE_BYTES);
            Fd theirs = (programWrites ? pipe.writeEnd() : pipe.readEnd()).dup();
            try {
                prepare(theirs, programWrites, statusFlags);
                Fd ours = (programWrites ? pipe.readEnd() : pipe.writeEnd()).dup();
                return new Made(wrap(programWrites, ours, watch), theirs);
            } catch (IOException e) {
                theirs.close();
                throw e;
            }
        }
    }

    private static ReadyPipe wrap(boolean programWrites, Fd ours, Watch watch) throws IOException {
        try {
            Fd anchor = ours.reopen(Fd.O_PATH);
            try {
                ReadyPipe made = new ReadyPipe(programWrites, ours, anchor, watch);
                if (!programWrites) {
                    made.shown = Show.WAIT; // an empty pipe has nothing to read
                }
                return made;
            } catch (IOException e) {
                anchor.close();
                throw e;
            }
        } catch (IOException e) {
            ours.close();
            throw e;
        }
    }

    private static void prepare(Fd theirs, boolean programWrites, int statusFlags)
            throws ErrnoException {
        theirs.setFlags(statusFlags);
        if (programWrites) {
            OfdLock.markWritable(theirs, MARK);
        } else {
            OfdLock.markReadable(theirs, MARK);
        }
    }

    /** The file that the program's descriptors show. */
    public FileId id() {
        return id;
    }

    /**
     * The program's end once more, for where its descriptor got lost.
     *
     * @return the caller's
     */
    Fd reopenForProgram(int statusFlags) throws IOException {
        boolean wasShut = ours == null;
        Fd mine = wasShut ? openOurs() : null;
        try {
            Fd theirs = anchor.reopen((programWrites ? Fd.O_WRONLY : Fd.O_RDONLY) | Fd.O_NONBLOCK);
            try {
                theirs.setFlags(statusFlags);
                return theirs;
            } catch (IOException e) {
                theirs.close();
                throw e;
            }
        } finally {
            if (mine != null) {
                mine.close();
            }
        }
    }

    /** Whether the kernel tells us when the program's end is gone; otherwise it has to be asked. */
    boolean isWatched() {
        return ours != null;
    }

    /** Whether the program's end is gone; only where {@link #isWatched}. */
    boolean isHungUp() {
        Fd end = ours;
        return end != null && Poll.once(end, 0, 0) > 0;
    }

    /**
     * Whether some open file has the program's end, asked of the pipe itself. Where our end is
     * shut, it is open for the instant of that question; who polls then is woken by its close.
     */
    boolean isMarked() throws IOException {
        Fd end = ours;
        if (end != null) {
            return OfdLock.isMarkedByOther(end, MARK);
        }
        try (Fd instant = anchor.reopen(Fd.O_RDWR | Fd.O_NONBLOCK)) {
            return OfdLock.isMarkedByOther(instant, MARK);
        }
    }

    /** What poll(2) says. */
    Show shown() {
        return shown;
    }

    /** Makes poll(2) say this, if it does not already. */
    void show(Show wanted) throws IOException {
        if (wanted == shown) {
            return;
        }
        boolean shut = wanted == Show.ERROR || wanted == Show.READY_ERROR;
        if (!shut && ours == null) {
            Fd end = openOurs();
            ours = end;
            epoll.add(end, 0, epollData);
        }
        boolean ready = wanted == Show.READY || wanted == Show.READY_ERROR;
        boolean filled = ready != programWrites;
        if (filled != full) {
            if (filled) {
                fill();
            } else {
                drain();
            }
            full = filled;
        }
        Fd end = ours;
        if (shut && end != null) {
            epoll.del(end);
            end.close();
            ours = null;
        }
        shown = wanted;
    }

    private Fd openOurs() throws ErrnoException {
        return anchor.reopen((programWrites ? Fd.O_RDONLY : Fd.O_WRONLY) | Fd.O_NONBLOCK);
    }

    /** A page takes {@code POLLOUT} away; one byte gives {@code POLLIN}. */
    private void fill() throws ErrnoException {
        long bytes = programWrites ? PIPE_BYTES : 1;
        if (!programWrites && ours != null) {
            var _ = ours.write(PAGE, 0, bytes);
            return;
        }
        // the write end of a pipe without a reader cannot be opened
        Fd reader = programWrites && ours == null ? openOurs() : null;
        try (Fd end = anchor.reopen(Fd.O_WRONLY | Fd.O_NONBLOCK)) {
            // what the program wrote itself may be in the way: then it is full already
            var _ = end.write(PAGE, 0, bytes);
        } finally {
            if (reader != null) {
                reader.close();
            }
        }
    }

    private void drain() throws ErrnoException {
        Fd end = ours;
        if (programWrites && end != null) {
            empty(end);
            return;
        }
        // no reader is there while the pipe is shown as broken, and a reader for an instant is no
        // reader that a poll in that instant could take for one that stays
        try (Fd reader = anchor.reopen(Fd.O_RDONLY | Fd.O_NONBLOCK)) {
            empty(reader);
        }
    }

    private static void empty(Fd end) {
        long taken;
        do {
            taken = end.read(NOWHERE, 0, PIPE_BYTES);
        } while (taken == PIPE_BYTES);
    }

    /** Closes our side: the program's end shows {@code POLLERR} or {@code POLLHUP}. */
    @Override
    public void close() {
        Fd end = ours;
        if (end != null) {
            end.close(); // the epoll forgets it, there is no other descriptor of this open file
            ours = null;
        }
        anchor.close();
    }
}
