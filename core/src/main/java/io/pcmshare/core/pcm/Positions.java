package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.TstampMode;
import io.pcmshare.core.clock.FrameTime;

import org.jspecify.annotations.Nullable;

/**
 * Where a stream is: brings {@code hw_ptr} up to the card's clock and draws the conclusions.
 * Kernel: sound/core/pcm_lib.c, snd_pcm_update_hw_ptr0(), snd_pcm_update_state().
 *
 * <p>Audio path: allocates nothing. Threads: under the card's lock.
 */
final class Positions {
    private static final int EPIPE = Errno.EPIPE.negated();

    private Positions() {}

    /** Frames writable or readable now. */
    static long avail(Substream s, PcmRuntime r) {
        return avail(s, r, r.applPtr());
    }

    private static long avail(Substream s, PcmRuntime r, long applPtr) {
        return s.isCapture()
                ? r.geometry.captureAvail(r.hwPtr(), applPtr)
                : r.geometry.playbackAvail(r.hwPtr(), applPtr);
    }

    /** Frames queued for the hardware, or room left for it; negative when it ran past. */
    static long hwAvail(Substream s, PcmRuntime r) {
        return r.geometry.bufferSize() - avail(s, r);
    }

    /** Frames until a frame written now is heard, or since the oldest unread was captured. */
    static long delay(Substream s, PcmRuntime r) {
        long inRing = s.isCapture() ? avail(s, r) : hwAvail(s, r);
        return r.isRunning(s.isCapture()) ? inRing + s.ops().queuedFrames() : inRing;
    }

    /** Brings a stream that runs up to the clock: HWSYNC. */
    static int sync(Substream s, PcmRuntime r) {
        return r.isRunning(s.isCapture()) ? update(s, r, s.card().clock().monotonicNanos()) : 0;
    }

    /**
     * Moves samples and the pointer up to now.
     *
     * @return 0, or a negated {@code EPIPE} when the stream stopped by that
     */
    static int update(Substream s, PcmRuntime r, long nowNanos) {
        return update(s, r, nowNanos, false);
    }

    /**
     * The end of a period. A client that asked for no period wake-ups has no interrupt on the
     * kernel: the samples pass, but nothing is concluded or told until somebody looks. Only a drain
     * ends by itself, so that nobody waits for it in vain.
     */
    static void tick(Substream s, PcmRuntime r, long nowNanos) {
        StreamParams params = r.params;
        boolean quiet = params != null && params.noPeriodWakeup();
        update(s, r, nowNanos, quiet && r.state() != PcmState.DRAINING);
    }

    private static int update(Substream s, PcmRuntime r, long nowNanos, boolean quiet) {
        Substream source = s.ops().source();
        if (source != null && source.isBusy()) {
            PcmRuntime sourceRuntime = source.runtime();
            if (sourceRuntime.isRunning(source.isCapture())) {
                update(source, sourceRuntime, nowNanos);
            }
        }
        long moved = s.ops().moved(nowNanos);
        long before = r.movedFrames;
        if (moved <= before && !r.movedUnseen) {
            return 0;
        }
        r.movedFrames = Math.max(moved, before);
        advance(s, r, r.movedFrames - before);
        s.frames().moved(r.movedFrames);
        r.movedUnseen = quiet;
        if (quiet) {
            return 0;
        }
        stamp(s, r);
        tellPeriods(s, r, before);
        return conclude(s, r);
    }

    private static void tellPeriods(Substream s, PcmRuntime r, long before) {
        StreamParams params = r.params;
        if (params != null && !params.noPeriodWakeup()) {
            long periods = r.movedFrames / params.periodSize() - before / params.periodSize();
            if (periods > 0) {
                s.observer().periodsElapsed(periods);
            }
        }
    }

    /** Lets samples pass in pieces that do not wrap, and silences what was played. */
    private static void advance(Substream s, PcmRuntime r, long delta) {
        @Nullable RingView ring = r.ring;
        if (ring == null) {
            return;
        }
        long bufferSize = r.geometry.bufferSize();
        long sounding = Math.min(soundingFrames(s, r, delta), s.frames().allowed());
        long left = delta;
        while (left > 0) {
            long offset = r.geometry.offset(r.hwPtr());
            long piece = Math.min(left, bufferSize - offset);
            long heard = Math.min(piece, sounding);
            if (heard > 0) {
                s.ops().transfer(ring, offset, heard);
                sounding -= heard;
            }
            long next = r.geometry.advance(r.hwPtr(), piece);
            if (!s.isCapture() && r.silenceSize > 0) {
                SilenceFill.afterMove(r, ring, next, piece);
            }
            if (next < r.hwPtr()) {
                r.hwPtrWrap += r.geometry.boundary();
            }
            r.hwPtr(next);
            left -= piece;
        }
    }

    /**
     * How many of the frames to move are the client's. A stream that stops when it runs empty has
     * nothing to say past {@code appl_ptr}; one that runs freely plays whatever the ring holds.
     */
    private static long soundingFrames(Substream s, PcmRuntime r, long delta) {
        if (s.isCapture()) {
            return delta;
        }
        boolean stopsWhenEmpty =
                r.state() == PcmState.DRAINING
                        || Long.compareUnsigned(r.stopThreshold, r.geometry.bufferSize()) <= 0;
        return stopsWhenEmpty ? Math.clamp(hwAvail(s, r), 0, delta) : delta;
    }

    /**
     * Takes the time of the position just published; a position that has not moved keeps its time.
     * Kernel: update_audio_tstamp().
     */
    private static void stamp(Substream s, PcmRuntime r) {
        StreamParams params = r.params;
        if (r.tstampMode != TstampMode.ENABLE || params == null) {
            return;
        }
        r.tstampNanos = s.timeOf(r.tstampType);
        r.driverTstampNanos = r.tstampNanos;
        r.audioTstampNanos = FrameTime.nanosDown(r.hwPtrWrap + r.hwPtr(), params.rate());
        r.statusPage.tstampNanos(r.tstampNanos);
        r.statusPage.audioTstampNanos(r.audioTstampNanos);
    }

    /**
     * Stops what ran empty or full, wakes who waits for frames.
     *
     * @return 0, or a negated {@code EPIPE} when the stream stopped
     */
    static int conclude(Substream s, PcmRuntime r) {
        long avail = avail(s, r);
        if (Long.compareUnsigned(avail, r.availMax) > 0) {
            r.availMax = avail;
        }
        if (r.state() == PcmState.DRAINING) {
            if (Long.compareUnsigned(avail, r.geometry.bufferSize()) >= 0) {
                PcmOperations.drainDone(s);
                return EPIPE;
            }
        } else if (Long.compareUnsigned(avail, r.stopThreshold) >= 0) {
            PcmOperations.stop(s, PcmState.XRUN);
            return EPIPE;
        }
        long wakeAt = r.wakeAvail != 0 ? r.wakeAvail : r.availMin();
        if (Long.compareUnsigned(avail, wakeAt) >= 0) {
            s.wake();
        }
        return 0;
    }
}
