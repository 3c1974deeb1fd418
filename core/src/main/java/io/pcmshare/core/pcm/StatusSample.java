package io.pcmshare.core.pcm;

import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStatus;
import io.pcmshare.abi.TstampMode;

/**
 * A stream's status at one instant, taken again and again without allocating. Kernel:
 * sound/core/pcm_native.c, snd_pcm_status64(). Threads: one, {@link #take} under the card's lock.
 */
final class StatusSample {
    private PcmState state = PcmState.OPEN;
    private PcmState suspendedState = PcmState.OPEN;
    private boolean reported;
    private long triggerNanos;
    private long tstampNanos;
    private long audioTstampNanos;
    private long driverTstampNanos;
    private long applPtr;
    private long hwPtr;
    private long delay;
    private long avail;
    private long availMax;
    private long overrange;

    /** What a file shows that is closed, or was taken from its holder. */
    void gone() {
        clear(PcmState.DISCONNECTED, PcmState.OPEN);
    }

    private void clear(PcmState newState, PcmState newSuspendedState) {
        state = newState;
        suspendedState = newSuspendedState;
        reported = false;
        triggerNanos = 0;
        tstampNanos = 0;
        audioTstampNanos = 0;
        driverTstampNanos = 0;
        applPtr = 0;
        hwPtr = 0;
        delay = 0;
        avail = 0;
        availMax = 0;
        overrange = 0;
    }

    /** Takes it; the largest {@code avail} starts anew. */
    void take(Substream s, PcmRuntime r) {
        clear(r.state(), r.suspendedState);
        if (state == PcmState.OPEN) {
            return;
        }
        boolean stamps = r.tstampMode == TstampMode.ENABLE;
        // the time of the trigger is that of before, as the state is
        triggerNanos = r.triggerNanos;
        if (r.isRunning(s.isCapture())) {
            Positions.update(s, r, s.card().clock().monotonicNanos());
            reported = stamps;
            tstampNanos = stamps ? r.tstampNanos : 0;
            audioTstampNanos = stamps ? r.audioTstampNanos : 0;
            driverTstampNanos = stamps ? r.driverTstampNanos : 0;
        } else if (stamps) {
            tstampNanos = s.timeOf(r.tstampType);
        }
        applPtr = r.applPtr();
        hwPtr = r.hwPtr();
        delay = r.isRunning(s.isCapture()) ? Positions.delay(s, r) : 0;
        avail = Positions.avail(s, r);
        availMax = r.availMax;
        overrange = r.overrange;
        r.availMax = 0;
        r.overrange = 0;
    }

    /** Whether the audio time-stamp comes with a report of what kind it is. */
    boolean isReported() {
        return reported;
    }

    /** Fills the struct, but for what the caller asked about. */
    void write(PcmStatus to) {
        to.state(state.code());
        to.triggerTstampNanos(triggerNanos);
        to.tstampNanos(tstampNanos);
        to.applPtr(applPtr);
        to.hwPtr(hwPtr);
        to.delay(delay);
        to.avail(avail);
        to.availMax(availMax);
        to.overrange(overrange);
        to.suspendedState(suspendedState.code());
        to.audioTstampNanos(audioTstampNanos);
        to.driverTstampNanos(driverTstampNanos);
    }

    /** The same as a value. */
    StatusReport report() {
        return new StatusReport(
                state,
                suspendedState,
                triggerNanos,
                tstampNanos,
                applPtr,
                hwPtr,
                delay,
                avail,
                availMax,
                overrange,
                audioTstampNanos,
                driverTstampNanos);
    }
}
