package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;

/**
 * A call that may have to wait. It is run; when it answers {@link #PENDING} it has parked itself,
 * and {@link PcmCaller#ready} tells when to run it again.
 *
 * <p>Threads: one runs it at a time; {@link #onChange} comes under the card's lock.
 */
public abstract sealed class BlockingCall implements Waiter permits TransferCall, DrainCall {
    /** Not finished. */
    public static final long PENDING = Long.MIN_VALUE;

    final Substream substream;
    final PcmCaller caller;
    private boolean parked;

    BlockingCall(Substream substream, PcmCaller caller) {
        this.substream = substream;
        this.caller = caller;
    }

    /** The answer, or {@link #PENDING}. */
    public abstract long run();

    /**
     * A signal came.
     *
     * @return the answer to give instead of waiting on
     */
    public final long interrupt() {
        synchronized (lock()) {
            unpark();
        }
        return endEarly(Errno.EINTR.negated());
    }

    /** Ends the call with what it has done so far, or with an errno if that is nothing. */
    abstract long endEarly(int errno);

    final Object lock() {
        return substream.card().lock();
    }

    /** Under the card's lock. */
    final long park() {
        if (!parked) {
            parked = true;
            substream.park(this);
            caller.parked(this);
        }
        return PENDING;
    }

    private void unpark() {
        if (parked) {
            parked = false;
            substream.unpark(this);
        }
    }

    @Override
    public final boolean onChange() {
        parked = false;
        caller.ready(this);
        return true;
    }
}
