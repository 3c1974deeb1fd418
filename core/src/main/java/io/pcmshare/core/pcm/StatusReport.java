package io.pcmshare.core.pcm;

import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.TstampMode;

/**
 * A stream's status at one instant. Kernel: uapi/sound/asound.h, {@code struct snd_pcm_status};
 * sound/core/pcm_native.c, snd_pcm_status64().
 *
 * @param state as it was before the position was brought up to date
 * @param suspendedState what it was before a suspend
 * @param triggerNanos time of the last start or stop, in the chosen clock
 * @param tstampNanos time of the position; 0 unless time-stamps are on
 * @param applPtr the client's pointer
 * @param hwPtr the hardware's pointer
 * @param delay frames until one written now is heard; 0 unless running
 * @param avail frames writable or readable
 * @param availMax the largest {@code avail} since the last report
 * @param overrange always 0: no card of ours measures it
 * @param audioTstampNanos {@code hwPtr} as time
 * @param driverTstampNanos when the driver read the position
 */
public record StatusReport(
        PcmState state,
        PcmState suspendedState,
        long triggerNanos,
        long tstampNanos,
        long applPtr,
        long hwPtr,
        long delay,
        long avail,
        long availMax,
        long overrange,
        long audioTstampNanos,
        long driverTstampNanos) {

    private static final StatusReport CLOSED =
            new StatusReport(PcmState.OPEN, PcmState.OPEN, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** What a file shows that is closed, or was taken from its holder. */
    static final StatusReport GONE =
            new StatusReport(PcmState.DISCONNECTED, PcmState.OPEN, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Takes it; the largest {@code avail} starts anew. */
    static StatusReport take(Substream s, PcmRuntime r) {
        PcmState state = r.state();
        if (state == PcmState.OPEN) {
            return CLOSED;
        }
        boolean stamped = r.tstampMode == TstampMode.ENABLE;
        long triggerNanos = r.triggerNanos;
        long tstampNanos = 0;
        long audioNanos = 0;
        long driverNanos = 0;
        if (r.isRunning(s.isCapture())) {
            Positions.update(s, r, s.card().clock().monotonicNanos());
            tstampNanos = stamped ? r.tstampNanos : 0;
            audioNanos = stamped ? r.audioTstampNanos : 0;
            driverNanos = stamped ? r.driverTstampNanos : 0;
        } else if (stamped) {
            tstampNanos = s.timeOf(r.tstampType);
        }
        long delay = r.isRunning(s.isCapture()) ? Positions.delay(s, r) : 0;
        StatusReport report =
                new StatusReport(
                        state,
                        r.suspendedState,
                        triggerNanos,
                        tstampNanos,
                        r.applPtr(),
                        r.hwPtr(),
                        delay,
                        Positions.avail(s, r),
                        r.availMax,
                        r.overrange,
                        audioNanos,
                        driverNanos);
        r.availMax = 0;
        r.overrange = 0;
        return report;
    }
}
