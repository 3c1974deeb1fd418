package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.HwParamsFlag;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.TstampMode;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.core.params.HwParamSpace;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;

/**
 * Takes on hardware parameters, and gives them up. Kernel: sound/core/pcm_native.c,
 * snd_pcm_hw_params(), snd_pcm_hw_free(). Threads: under the card's lock.
 */
final class HwSetup {
    private static final long PAGE = RegionSource.PAGE_BYTES;

    private HwSetup() {}

    /**
     * Chooses, allocates the ring, sets the default software parameters.
     *
     * @param wordMax {@code LONG_MAX} of the caller
     */
    static int hwParams(Substream s, PcmRuntime r, HwParamSpace space, long wordMax) {
        int answer = PcmAction.HW_PARAMS.check(r.state(), s.isCapture());
        if (answer < 0) {
            return answer;
        }
        if (r.mmapCount > 0) {
            return Errno.EBADFD.negated();
        }
        answer = s.refinement().choose(space);
        if (answer == 0) {
            StreamParams params = paramsOf(s, space);
            answer = s.ops().hwParams(params);
            if (answer == 0) {
                answer = takeMemory(s, r, params);
            }
            if (answer == 0) {
                s.frames().lose(Errno.ECANCELED);
                adopt(r, params, space, wordMax);
                s.observer().periodNanos(FrameTime.nanosDown(params.periodSize(), params.rate()));
                return 0;
            }
        }
        forget(s, r);
        return answer;
    }

    /**
     * What {@link #hwParams} would choose, which the space then holds; {@code null} for nothing.
     */
    static @Nullable StreamParams foresee(Substream s, PcmRuntime r, HwParamSpace space) {
        boolean may = r.mmapCount == 0 && s.refinement().choose(space) == 0;
        return may ? paramsOf(s, space) : null;
    }

    static int hwFree(Substream s, PcmRuntime r) {
        int answer = PcmAction.HW_FREE.check(r.state(), s.isCapture());
        if (answer < 0) {
            return answer;
        }
        if (r.mmapCount > 0) {
            return Errno.EBADFD.negated();
        }
        forget(s, r);
        return 0;
    }

    private static void forget(Substream s, PcmRuntime r) {
        if (r.state() != PcmState.OPEN) {
            s.ops().hwFree();
        }
        r.state(PcmState.OPEN);
        r.params = null;
        s.frames().lose(Errno.ECANCELED);
        r.closeData();
    }

    private static StreamParams paramsOf(Substream s, HwParamSpace space) {
        boolean quiet =
                (space.info() & PcmInfoFlag.NO_PERIOD_WAKEUP) != 0
                        && (space.flags() & HwParamsFlag.NO_PERIOD_WAKEUP) != 0;
        return new StreamParams(
                s.stream(),
                chosen(PcmAccess.of(space.maskMin(HwParam.ACCESS)), "access"),
                chosen(PcmFormat.of(space.maskMin(HwParam.FORMAT)), "format"),
                (int) space.interval(HwParam.CHANNELS).value(),
                (int) space.interval(HwParam.RATE).value(),
                space.interval(HwParam.PERIOD_SIZE).value(),
                space.interval(HwParam.BUFFER_SIZE).value(),
                quiet);
    }

    private static <T> T chosen(@Nullable T value, String what) {
        return Objects.requireNonNull(value, () -> "refinement chose no " + what);
    }

    /** Keeps a ring that is of the right size, so that those who hold it go on holding it. */
    private static int takeMemory(Substream s, PcmRuntime r, StreamParams params) {
        long bytes = Math.ceilDiv(params.bufferBytes(), PAGE) * PAGE;
        Region kept = r.dataRegion;
        if (kept == null || kept.isForeign() || kept.memory().byteSize() != bytes) {
            r.closeData();
            try {
                r.dataRegion =
                        s.card().regions().allocate(RegionSource.Kind.DATA, s.isCapture(), bytes);
            } catch (IOException e) {
                // the caller of the ioctl sees ENOMEM, as on the kernel; there is nobody else to
                // tell
                return Errno.ENOMEM.negated();
            }
        } else {
            kept.memory().fill((byte) 0);
        }
        return 0;
    }

    private static void adopt(PcmRuntime r, StreamParams params, HwParamSpace space, long wordMax) {
        Region data = r.dataRegion;
        if (data == null) {
            throw new IllegalStateException("no ring, params=" + params);
        }
        r.params = params;
        r.ring = new RingView(data.memory(), params);
        r.geometry = RingGeometry.of(params.bufferSize(), wordMax);
        r.info = space.info();
        r.rateNum = space.rateNum();
        r.rateDen = space.rateDen();
        r.msbits = space.msbits();
        r.tstampMode = TstampMode.NONE;
        r.periodStep = 1;
        r.availMin(params.periodSize());
        r.startThreshold = 1;
        r.stopThreshold = params.bufferSize();
        r.silenceThreshold = 0;
        r.silenceSize = 0;
        r.state(PcmState.SETUP);
    }
}
