package io.pcmshare.core.pcm;

import io.pcmshare.abi.PcmState;

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
        long driverTstampNanos) {}
