package io.pcmshare.core.pcm;

import org.jspecify.annotations.Nullable;

/**
 * A call that may have to wait. It is run; when it answers {@link #PENDING} it has parked itself,
 * and {@link PcmCaller#ready} tells when to run it again.
 *
 * <p>It does not wait for ever: a stream that gives no sign for as long as the kernel would wait
 * makes it answer {@code EIO}. Threads: one runs it at a time; {@link #onChange} comes under the
 * card's lock.
 */
public abstract sealed class BlockingCall implements Waiter permits TransferCall, DrainCall {
    /**
     * A negated {@code ERESTARTSYS}, which no program ever sees as an errno: the kernel starts the
     * call again, or makes {@code EINTR} of it, as the signal's handler asks. Kernel:
     * include/linux/errno.h.
     */
    public static final int RESTART = -512;

    /** Not finished. */
    public static final long PENDING = Long.MIN_VALUE;

    final PcmFile file;
    private PcmCaller caller;
    private @Nullable Substream parkedAt;
    private long deadlineNanos = Long.MAX_VALUE;
    private boolean expired;
    private boolean finished;
    private long answer;

    BlockingCall(PcmFile file, PcmCaller caller) {
        this.file = file;
        this.caller = caller;
    }

    /** The answer, or {@link #PENDING}. */
    public final long run() {
        return finished ? answer : settle(proceed());
    }

    /**
     * A signal came.
     *
     * @return the answer to give instead of waiting on; {@link #RESTART} where nothing was done
     */
    public final long interrupt() {
        if (finished) {
            return answer;
        }
        synchronized (lock()) {
            unpark();
        }
        return settle(endEarly(RESTART));
    }

    /**
     * The call is over and whoever was told of it has forgotten it: the file's next one may use its
     * memory. Once at most; without it a call that had to wait leaves an object to the collector.
     */
    public final void release() {
        if (finished && this instanceof TransferCall transfer) {
            file.giveBack(transfer, answer);
        }
    }

    private long settle(long outcome) {
        finished = outcome != PENDING;
        answer = outcome;
        return outcome;
    }

    /** Goes on as far as it goes: the answer, or {@link #PENDING}. */
    abstract long proceed();

    /** Ends the call with what it has done so far, or with an errno if that is nothing. */
    abstract long endEarly(int errno);

    final PcmCaller caller() {
        return caller;
    }

    /** Another call, which has not begun. */
    final void renew(PcmCaller newCaller) {
        caller = newCaller;
        finished = false;
        expired = false;
    }

    final Substream substream() {
        return file.substream();
    }

    final Object lock() {
        return file.substream().card().lock();
    }

    /**
     * Waits for a change of a stream. Under the card's lock.
     *
     * @param patienceNanos how long, or {@link Long#MAX_VALUE}
     */
    final long park(Substream where, long patienceNanos) {
        if (parkedAt == null) {
            long now = where.card().clock().livedNanos();
            deadlineNanos = patienceNanos == Long.MAX_VALUE ? patienceNanos : now + patienceNanos;
            expired = false;
            parkedAt = where;
            where.park(this);
            caller.parked(this);
            where.card().scheduleChanged();
        }
        return PENDING;
    }

    private void unpark() {
        if (parkedAt != null) {
            parkedAt.unpark(this);
            parkedAt = null;
        }
    }

    /** Until when it waits, in {@link io.pcmshare.core.clock.CardClock#livedNanos}. */
    final long deadlineNanos() {
        return deadlineNanos;
    }

    /** The time is over, and nothing has happened. Under the card's lock. */
    final void expire() {
        onChange();
        expired = true;
    }

    /** Whether it goes on only because the time was over. */
    final boolean isExpired() {
        return expired;
    }

    @Override
    public final boolean onChange() {
        parkedAt = null;
        expired = false;
        caller.ready(this);
        return true;
    }
}
