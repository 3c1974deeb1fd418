package io.pcmshare.share.owner;

import io.pcmshare.abi.WakeControl;
import io.pcmshare.abi.WakeStatus;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.StreamRegions;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.Right;
import io.pcmshare.share.audit.AuditLog;
import io.pcmshare.share.audit.Subject;
import io.pcmshare.sys.Futex;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A stream that its owner shares: hands out grants, wakes their holders, takes grants back. Owns
 * the owner's file and all grants.
 *
 * <p>Threads: any; wake-ups come from the audio thread under the card's lock and make at most one
 * {@code futex} call.
 */
public final class SharedStream implements AutoCloseable {
    private final PcmFile owner;
    private final GrantBook book;
    private volatile Runnable onLimitDue = () -> {};
    private final Object spareLock = new Object();
    private @Nullable StreamRegions spare;
    private final Object pageLock = new Object();
    private volatile Pages pages;
    private int wakeSeq;

    /** The two pages of one generation of the stream's memory, as the wake-up path sees them. */
    private record Pages(
            int generation,
            MemorySegment statusMemory,
            MemorySegment controlMemory,
            WakeStatus status,
            WakeControl control) {
        static Pages of(StreamRegions regions, int generation) {
            MemorySegment status = regions.status().memory();
            MemorySegment control = regions.control().memory();
            return new Pages(
                    generation, status, control, new WakeStatus(status), new WakeControl(control));
        }
    }

    /**
     * Shares a stream that plays, or records a microphone; nobody reads the audit events.
     *
     * @param owner the owner's file, closed with this object
     */
    public SharedStream(PcmFile owner) {
        this(
                owner,
                owner.substream().isCapture() ? Right.RECORD_MICROPHONE : Right.PLAY,
                AuditLog.SILENT);
    }

    /**
     * Shares a stream.
     *
     * @param owner the owner's file, closed with this object
     * @param question of people, without whose answer nobody gets any of it: {@link Right#PLAY},
     *     {@link Right#RECORD_MICROPHONE} or {@link Right#RECORD_PROGRAMS}
     * @param audit is told of everything that is given and taken
     */
    public SharedStream(PcmFile owner, Right question, AuditLog audit) {
        this.owner = owner;
        this.book = new GrantBook(this, question, audit);
        this.pages = Pages.of(owner.memory().regions(), 0);
        pages.status().initialize();
        owner.onWake(this::wake);
    }

    /** The owner's file. */
    public PcmFile owner() {
        return owner;
    }

    /** A grant without end, with these permissions, to somebody within this process. */
    public Grant grant(Permissions permissions) throws PcmOpenException {
        return grant(GrantTerms.of(permissions, Subject.self()));
    }

    /**
     * A grant; the holder keeps the substream open until it is closed.
     *
     * @throws PcmOpenException {@code EPERM} for one that would allow nothing, or not what people
     *     are asked for this stream; {@code ENOMEM} also where there is no memory to take it back
     *     with
     */
    public Grant grant(GrantTerms terms) throws PcmOpenException {
        return book.grant(terms);
    }

    GrantBook book() {
        return book;
    }

    /** Its name in audit events: {@code hw:CARD,DEVICE,SUBDEVICE} and its direction. */
    public String name() {
        return book.streamName();
    }

    /** The grants in force. */
    public List<Grant> grants() {
        return book.all();
    }

    /**
     * Gives the stream new memory, so that nothing that is still written into the old is heard and
     * nothing recorded reaches it.
     *
     * @param keepFrames of what lies ahead are still heard; the rest is silence
     * @param fresh from {@link #takeSpare}; the stream's from now on
     * @return the hardware pointer at the cut
     */
    long replaceMemory(StreamRegions fresh, long keepFrames) {
        return owner.memory().replace(fresh, keepFrames, this::adoptPages);
    }

    /**
     * Memory for {@link #replaceMemory}: the caller's.
     *
     * @throws IOException when there is none
     */
    StreamRegions takeSpare() throws IOException {
        synchronized (spareLock) {
            StreamRegions fresh = prepareSpare();
            spare = null;
            return fresh;
        }
    }

    /** Memory that is ready before it is needed: a revocation must not wait for any. */
    StreamRegions prepareSpare() throws IOException {
        synchronized (spareLock) {
            StreamRegions ready = spare;
            if (ready != null && !owner.memory().fits(ready)) {
                ready.close();
                ready = null;
            }
            if (ready == null) {
                ready = owner.memory().spare();
            }
            spare = ready;
            return ready;
        }
    }

    /**
     * Tells holders that something waits for them at their sockets: counts it in the status page
     * and wakes them.
     */
    void tellNews() {
        synchronized (pageLock) {
            Pages now = pages;
            now.status().news(now.status().news() + 1);
            // who sleeps looks at the word only when it changes; the next wake-up counts on from it
            Futex.wake(now.statusMemory(), WakeStatus.WAKE_SEQ_OFFSET, Integer.MAX_VALUE);
        }
    }

    /** Memory that a holder can be shown before the stream is in it. */
    StreamRegions takePresentable() throws IOException {
        StreamRegions fresh = takeSpare();
        new WakeStatus(fresh.status().memory()).initialize();
        return fresh;
    }

    /** Puts the stream into memory that its holder has filled. */
    void move(StreamRegions filled) {
        var _ = owner.memory().move(filled, this::adoptPages);
    }

    /** Called under the card's lock, between two wake-ups, while the old pages are still mapped. */
    private void adoptPages(StreamRegions fresh) {
        Pages old = pages;
        Pages next = Pages.of(fresh, old.generation() + 1);
        next.status().initialize();
        next.status().wakeSeq(wakeSeq);
        next.status().startNanos(old.status().startNanos());
        synchronized (pageLock) {
            pages = next;
        }
        // the old pages are unmapped next: this is their last word
        old.status().revoked(1);
        old.status().wakeSeq(wakeSeq + 1);
        Futex.wake(old.statusMemory(), WakeStatus.WAKE_SEQ_OFFSET, Integer.MAX_VALUE);
        // and who waits for a kick looks for it in the new ones
        Futex.wake(old.controlMemory(), WakeControl.KICK_SEQ_OFFSET, Integer.MAX_VALUE);
    }

    /**
     * Sets who is told that a grant's time or quota is over, so that he calls {@link
     * #enforceLimits}. He is told under the card's lock, at the end of a period.
     */
    public void onLimitDue(Runnable listener) {
        onLimitDue = listener;
    }

    void limitDue() {
        onLimitDue.run();
    }

    /**
     * Takes back the grants whose time is over, or whose quota nearly is; what they may still have
     * heard is kept. Threads: any but the audio thread, and without the card's lock.
     *
     * @return when it has to be called again at the latest, if nobody is told before: nanoseconds
     *     from now on the card's clock; {@link GrantTerms#NEVER}
     * @throws IOException when there was no memory; then a grant is still in force
     */
    public long enforceLimits() throws IOException {
        return book.enforceLimits();
    }

    /**
     * Starts the stream and tells holders when that was.
     *
     * @return 0 or a negated errno
     */
    public int start() {
        int answer = owner.start();
        if (answer == 0) {
            pages.status().startNanos(owner.startedNanos());
        }
        return answer;
    }

    /** Frames are there, or the state changed. Under the card's lock; one futex call at most. */
    private void wake() {
        Pages now = pages;
        wakeSeq++;
        now.status().wakeSeq(wakeSeq);
        if (now.control().waiting() != 0) {
            Futex.wake(now.statusMemory(), WakeStatus.WAKE_SEQ_OFFSET, Integer.MAX_VALUE);
        }
    }

    /**
     * Waits until a client has moved its pointer and said so, or for a time. For lockstep: one
     * {@code futex} call.
     *
     * @param stillIdle asked once more after clients know that somebody waits
     */
    public void awaitKick(long timeoutNanos, BooleanSupplier stillIdle) {
        Pages now;
        int seen;
        synchronized (pageLock) {
            now = pages;
            seen = now.control().kickSeq();
            now.status().kickWanted(1);
        }
        if (stillIdle.getAsBoolean()) {
            waitForKick(now, seen, timeoutNanos);
        }
        synchronized (pageLock) {
            // pages that were replaced meanwhile are unmapped by now
            if (pages.generation() == now.generation()) {
                now.status().kickWanted(0);
            }
        }
    }

    private static void waitForKick(Pages on, int seen, long timeoutNanos) {
        try {
            Futex.wait(on.controlMemory(), WakeControl.KICK_SEQ_OFFSET, seen, timeoutNanos);
        } catch (IllegalStateException replaced) {
            // a revocation has unmapped the page meanwhile: nobody will kick there any more
        }
    }

    /** Ends an {@link #awaitKick} as a client would. */
    public void kick() {
        synchronized (pageLock) {
            // pages are unmapped only after others have taken their place under this lock
            Futex.wake(pages.controlMemory(), WakeControl.KICK_SEQ_OFFSET, Integer.MAX_VALUE);
        }
    }

    /** Closes all grants and the owner's file. */
    @Override
    public void close() {
        for (Grant grant : grants()) {
            grant.close();
        }
        synchronized (spareLock) {
            if (spare != null) {
                spare.close();
                spare = null;
            }
        }
        owner.close();
    }
}
