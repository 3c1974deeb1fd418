package io.pcmshare.core.pcm;

import io.pcmshare.abi.TstampMode;
import io.pcmshare.abi.TstampType;

/**
 * When a stream starts, stops, wakes and silences. Kernel: uapi/sound/asound.h, {@code struct
 * snd_pcm_sw_params}. Frame counts are unsigned.
 *
 * @param tstampMode whether positions carry a time
 * @param tstampType which clock the time is of
 * @param periodStep kept and handed back, nothing else
 * @param availMin frames from which the client is woken
 * @param startThreshold queued frames from which a write starts the stream
 * @param stopThreshold avail from which the stream stops with an xrun
 * @param silenceThreshold queued frames below which silence is written ahead
 * @param silenceSize frames of silence written at once; {@code boundary}: every frame played
 */
public record SoftwareParams(
        TstampMode tstampMode,
        TstampType tstampType,
        int periodStep,
        long availMin,
        long startThreshold,
        long stopThreshold,
        long silenceThreshold,
        long silenceSize) {

    /** With another start threshold. */
    public SoftwareParams withStartThreshold(long frames) {
        return new SoftwareParams(
                tstampMode,
                tstampType,
                periodStep,
                availMin,
                frames,
                stopThreshold,
                silenceThreshold,
                silenceSize);
    }

    /** With another stop threshold. */
    public SoftwareParams withStopThreshold(long frames) {
        return new SoftwareParams(
                tstampMode,
                tstampType,
                periodStep,
                availMin,
                startThreshold,
                frames,
                silenceThreshold,
                silenceSize);
    }

    /** With another silence, see the components. */
    public SoftwareParams withSilence(long threshold, long size) {
        return new SoftwareParams(
                tstampMode,
                tstampType,
                periodStep,
                availMin,
                startThreshold,
                stopThreshold,
                threshold,
                size);
    }

    /** With another wake-up threshold. */
    public SoftwareParams withAvailMin(long frames) {
        return new SoftwareParams(
                tstampMode,
                tstampType,
                periodStep,
                frames,
                startThreshold,
                stopThreshold,
                silenceThreshold,
                silenceSize);
    }
}
