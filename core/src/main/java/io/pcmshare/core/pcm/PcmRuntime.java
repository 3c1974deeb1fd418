package io.pcmshare.core.pcm;

import io.pcmshare.abi.MmapControl;
import io.pcmshare.abi.MmapStatus;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.TstampMode;
import io.pcmshare.abi.TstampType;
import io.pcmshare.core.params.HwParamSpace;

import org.jspecify.annotations.Nullable;

/**
 * What a substream knows while it is open. Kernel: include/sound/pcm.h, {@code struct
 * snd_pcm_runtime}.
 *
 * <p>State and {@code hw_ptr} are kept here and published in the status page; the page is never
 * read back. {@code appl_ptr} and {@code avail_min} live in the control page, which belongs to the
 * client: they are read once per use and judged. Threads: under the card's lock.
 */
final class PcmRuntime {
    /** {@code LONG_MAX} of the caller that chose the parameters, which bounds the boundary. */
    static final long LONG_MAX_LP64 = Long.MAX_VALUE;

    // memory
    Region statusRegion;
    Region controlRegion;
    @Nullable Region dataRegion;
    MmapStatus statusPage;
    MmapControl controlPage;

    // hardware parameters
    @Nullable StreamParams params;
    @Nullable RingView ring;
    RingGeometry geometry = new RingGeometry(1, 1);
    int info;
    int rateNum;
    int rateDen;
    int msbits;
    final HwParamSpace space = new HwParamSpace();

    // software parameters
    TstampMode tstampMode = TstampMode.NONE;
    TstampType tstampType = TstampType.GETTIMEOFDAY;
    int periodStep;
    long startThreshold;
    long stopThreshold;
    long silenceThreshold;
    long silenceSize;

    // state and position
    private PcmState state = PcmState.OPEN;
    PcmState suspendedState = PcmState.OPEN;
    private long hwPtr;
    long hwPtrWrap;
    long movedFrames;

    /** Samples have passed since somebody looked last; only without period wake-ups. */
    boolean movedUnseen;

    long availMax;
    long overrange;
    long silenceStart;
    long silenceFilled;
    long wakeAvail;
    int mmapCount;
    private @Nullable JavaTransfer javaTransfer;

    // times, nanoseconds
    long triggerNanos;
    long tstampNanos;
    long audioTstampNanos;
    long driverTstampNanos;
    long startedMonotonicNanos;

    PcmRuntime(Region statusRegion, Region controlRegion) {
        this.statusRegion = statusRegion;
        this.controlRegion = controlRegion;
        this.statusPage = new MmapStatus(statusRegion.memory());
        this.controlPage = new MmapControl(controlRegion.memory());
    }

    PcmState state() {
        return state;
    }

    void state(PcmState newState) {
        state = newState;
        statusPage.state(newState.code());
    }

    void suspendedState(PcmState newState) {
        suspendedState = newState;
        statusPage.suspendedState(newState.code());
    }

    long hwPtr() {
        return hwPtr;
    }

    /** Publishes the pointer. Release: every sample moved below it is visible first. */
    void hwPtr(long frames) {
        hwPtr = frames;
        statusPage.hwPtr(frames);
    }

    /** The client's pointer. Acquire; may be any number, because the page is the client's. */
    long applPtr() {
        return controlPage.applPtr();
    }

    void applPtr(long frames) {
        controlPage.applPtr(frames);
    }

    /** Frames from which a client is woken. */
    long availMin() {
        return controlPage.availMin();
    }

    void availMin(long frames) {
        controlPage.availMin(frames);
    }

    /** The transfers of Java programs, all of which happen under the card's lock. */
    JavaTransfer javaTransfer(Substream s) {
        JavaTransfer made = javaTransfer;
        if (made == null) {
            made = new JavaTransfer(s, this);
            javaTransfer = made;
        }
        return made;
    }

    boolean isRunning(boolean capture) {
        return state == PcmState.RUNNING || (state == PcmState.DRAINING && !capture);
    }

    boolean isConfigured() {
        return state != PcmState.OPEN;
    }

    /** Makes new pages show what the old ones showed. */
    void publishAll() {
        statusPage.state(state.code());
        statusPage.suspendedState(suspendedState.code());
        statusPage.hwPtr(hwPtr);
        statusPage.tstampNanos(tstampNanos);
        statusPage.audioTstampNanos(audioTstampNanos);
    }

    /** Whether the ring is the stream's own, not a share buffer that is attached. */
    boolean ownsRing() {
        return dataRegion != null && !dataRegion.isForeign();
    }

    void closeRegions() {
        closeData();
        statusRegion.close();
        controlRegion.close();
    }

    void closeData() {
        ring = null;
        if (dataRegion != null) {
            dataRegion.close();
            dataRegion = null;
        }
    }
}
