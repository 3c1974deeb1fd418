package io.pcmshare.run.file;

import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.EventFd;
import io.pcmshare.sys.Fd;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How the supervisor hears of what happens in the core. Where one thread does everything, it hears
 * at once. Where the cards are ticked by another thread, that one leaves a note and rings; the
 * supervisor reads it when it comes round.
 *
 * <p>Leaving a note allocates nothing, waits for nothing and makes at most one system call, so it
 * may be done under a card's lock. Owns the bell. Threads: {@link #read} the supervisor's, which is
 * the one that made this; notes any.
 */
public final class Inbox implements AutoCloseable {
    private final @Nullable EventFd bell;
    private final Thread reader = Thread.currentThread();

    /** The newest note, each naming the one before it. */
    private final AtomicReference<@Nullable Note> newest = new AtomicReference<>();

    private Inbox(@Nullable EventFd bell) {
        this.bell = bell;
    }

    /** Where the thread that serves programs ticks the cards as well. */
    public static Inbox ofOneThread() {
        return new Inbox(null);
    }

    /** Where others tick the cards; this thread is the one that will read. */
    public static Inbox ofMany() throws ErrnoException {
        return new Inbox(EventFd.create(0));
    }

    /** Readable when there is something to read, borrowed; {@code null} where nobody rings. */
    public @Nullable Fd bell() {
        return bell == null ? null : bell.fd();
    }

    /** Something that can be noted again and again. */
    public Note note(Runnable meaning) {
        return new Note(meaning);
    }

    /** The bell has rung; {@link #read} comes next. What is noted after that rings again. */
    public void silence() {
        if (bell != null) {
            var _ = bell.drain();
        }
    }

    /** Acts on what was noted, in the order in which it was; answers whether anything was. */
    public boolean read() {
        if (bell == null || newest.get() == null) {
            return false;
        }
        Note oldest = null;
        for (Note note = newest.getAndSet(null); note != null; ) {
            Note before = note.before;
            note.before = oldest;
            oldest = note;
            note = before;
        }
        while (oldest != null) {
            Note note = oldest;
            oldest = note.before;
            note.before = null;
            // before it is acted on: what happens meanwhile is another reason
            note.waits.set(false);
            note.meaning.run();
        }
        return true;
    }

    @Override
    public void close() {
        if (bell != null) {
            bell.close();
        }
    }

    /** A note that is left whenever there is a reason. */
    public final class Note {
        private final Runnable meaning;
        private final AtomicBoolean waits = new AtomicBoolean();

        /** Published by the exchange that makes the note the newest. */
        private @Nullable Note before;

        private Note(Runnable meaning) {
            this.meaning = meaning;
        }

        /** Has the supervisor act on it; several times before it reads are once. Threads: any. */
        public void leave() {
            EventFd ring = bell;
            if (ring == null || Thread.currentThread() == reader) {
                meaning.run();
                return;
            }
            if (waits.compareAndSet(false, true)) {
                Note last;
                do {
                    last = newest.get();
                    before = last;
                } while (!newest.compareAndSet(last, this));
                if (last == null) {
                    var _ = ring.add(1); // full is as good
                }
            }
        }
    }
}
