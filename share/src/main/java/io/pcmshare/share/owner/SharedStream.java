package io.pcmshare.share.owner;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PermMode;
import io.pcmshare.abi.WakeControl;
import io.pcmshare.abi.WakeStatus;
import io.pcmshare.core.pcm.IoctlSet;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.StreamRegions;
import io.pcmshare.share.Permission;
import io.pcmshare.share.Permissions;
import io.pcmshare.sys.Futex;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
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
    private final List<Grant> grants = new ArrayList<>();
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
     * Shares a stream.
     *
     * @param owner the owner's file, closed with this object
     */
    public SharedStream(PcmFile owner) {
        this.owner = owner;
        this.pages = Pages.of(owner.memory().regions(), 0);
        pages.status().initialize();
        owner.onWake(this::wake);
    }

    /** The owner's file. */
    public PcmFile owner() {
        return owner;
    }

    /**
     * The anonymous dup of February 2019: a grant by mode.
     *
     * @return the grant, or a negated errno
     */
    public DupResult anonymousDup(Permissions parent, int mode) {
        if (!parent.has(Permission.DUP)) {
            return new DupResult.Refused(Errno.ENOTTY);
        }
        PermMode asked = PermMode.of(mode);
        if (asked == null) {
            return new DupResult.Refused(Errno.EINVAL);
        }
        return dup(parent, Permissions.of(asked));
    }

    /**
     * The anonymous dup of January 2019, which knew one mode.
     *
     * @return the grant, or a negated errno
     */
    public DupResult anonymousDupV1(Permissions parent, int mode) {
        if (!parent.has(Permission.DUP)) {
            return new DupResult.Refused(Errno.ENOTTY);
        }
        return mode == 0 ? dup(parent, Permissions.FULL) : new DupResult.Refused(Errno.ENOSYS);
    }

    private DupResult dup(Permissions parent, Permissions asked) {
        try {
            return new DupResult.Made(grant(parent.and(asked)));
        } catch (PcmOpenException e) {
            return new DupResult.Refused(e.errno());
        }
    }

    /**
     * A grant with these permissions; the holder keeps the substream open until it is closed.
     *
     * @throws PcmOpenException {@code ENOMEM} also where there is no memory to take it back with
     */
    public Grant grant(Permissions permissions) throws PcmOpenException {
        try {
            prepareSpare();
        } catch (IOException e) {
            PcmOpenException failure = new PcmOpenException(Errno.ENOMEM, "spare memory: " + e);
            failure.initCause(e);
            throw failure;
        }
        PcmFile file = owner.dup(IoctlSet.of(permissions.ioctls()));
        Grant grant = new Grant(this, permissions, file);
        synchronized (grants) {
            grants.add(grant);
        }
        return grant;
    }

    /** The grants in force. */
    public List<Grant> grants() {
        synchronized (grants) {
            return List.copyOf(grants);
        }
    }

    /**
     * Takes a grant back: the stream goes on in new memory, so nothing the holder still writes is
     * heard and nothing recorded reaches it; what lay ahead in the ring is silence. Other holders
     * are told to fetch the new memory.
     *
     * @return the hardware pointer at the cut
     * @throws IOException when there was no memory; then the grant is still in force
     */
    long revoke(Grant revoked) throws IOException {
        StreamRegions fresh;
        synchronized (grants) {
            fresh = prepareSpare();
            spare = null;
        }
        long cut = owner.memory().replace(fresh, this::adoptPages);
        synchronized (grants) {
            grants.remove(revoked);
            for (Grant other : grants) {
                other.memoryReplaced();
            }
        }
        return cut;
    }

    /** Memory that is ready before it is needed: a revocation must not wait for any. */
    private StreamRegions prepareSpare() throws IOException {
        synchronized (grants) {
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
    }

    void closed(Grant grant) {
        synchronized (grants) {
            grants.remove(grant);
        }
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
        synchronized (grants) {
            if (spare != null) {
                spare.close();
                spare = null;
            }
        }
        owner.close();
    }
}
