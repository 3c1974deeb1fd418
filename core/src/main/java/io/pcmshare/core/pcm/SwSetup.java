package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;

/**
 * Takes on software parameters. Kernel: sound/core/pcm_native.c, snd_pcm_sw_params(). Threads:
 * under the card's lock.
 */
final class SwSetup {
    private static final int EINVAL = Errno.EINVAL.negated();

    private SwSetup() {}

    static int swParams(Substream s, PcmRuntime r, SoftwareParams params) {
        int answer = PcmAction.SW_PARAMS.check(r.state(), s.isCapture());
        if (answer == 0) {
            answer = check(r, params);
        }
        if (answer < 0) {
            return answer;
        }
        r.tstampMode = params.tstampMode();
        r.tstampType = params.tstampType();
        r.periodStep = params.periodStep();
        r.availMin(params.availMin());
        r.startThreshold = params.startThreshold();
        r.stopThreshold = params.stopThreshold();
        r.silenceThreshold = params.silenceThreshold();
        r.silenceSize = params.silenceSize();
        if (!r.isRunning(s.isCapture())) {
            return 0;
        }
        if (!s.isCapture()) {
            SilenceFill.atStart(s, r);
        }
        return Positions.conclude(s, r);
    }

    private static int check(PcmRuntime r, SoftwareParams params) {
        if (params.availMin() == 0) {
            return EINVAL;
        }
        if (Long.compareUnsigned(params.silenceSize(), r.geometry.boundary()) >= 0) {
            return params.silenceThreshold() == 0 ? 0 : EINVAL;
        }
        boolean fits =
                Long.compareUnsigned(params.silenceSize(), params.silenceThreshold()) <= 0
                        && Long.compareUnsigned(params.silenceThreshold(), r.geometry.bufferSize())
                                <= 0;
        return fits ? 0 : EINVAL;
    }

    /** What is in force. */
    static SoftwareParams current(PcmRuntime r) {
        return new SoftwareParams(
                r.tstampMode,
                r.tstampType,
                r.periodStep,
                r.availMin(),
                r.startThreshold,
                r.stopThreshold,
                r.silenceThreshold,
                r.silenceSize);
    }
}
