package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.abi.TstampType;
import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.params.HwRefinement;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the streams that a device can play or record at the same time. Kernel:
 * include/sound/pcm.h, {@code struct snd_pcm_substream}.
 *
 * <p>Threads: under the card's lock.
 */
public final class Substream {
    private final PcmDevice device;
    private final PcmStream stream;
    private final int number;
    private final PcmOps ops;
    private final List<Waiter> waiters = new ArrayList<>();
    private LinkGroup group = new LinkGroup();
    private @Nullable PcmRuntime runtime;
    private @Nullable HwRefinement refinement;
    private int openFiles;
    private boolean nonblock;
    private Runnable onWake = () -> {};
    private StreamObserver observer = StreamObserver.NONE;
    private final FrameLine frames = new FrameLine(this);
    private long copiedFrames;
    private int xruns;

    Substream(PcmDevice device, PcmStream stream, int number, PcmOps ops) {
        this.device = device;
        this.stream = stream;
        this.number = number;
        this.ops = ops;
        group.members().add(this);
    }

    /** The device it belongs to. */
    public PcmDevice device() {
        return device;
    }

    /** The card it belongs to. */
    public Card card() {
        return device.card();
    }

    /** Direction. */
    public PcmStream stream() {
        return stream;
    }

    /** Its number among those of its device and direction. */
    public int number() {
        return number;
    }

    /** Whether it records. */
    public boolean isCapture() {
        return stream == PcmStream.CAPTURE;
    }

    /** Whether somebody has it open. */
    public boolean isBusy() {
        return openFiles > 0;
    }

    PcmOps ops() {
        return ops;
    }

    LinkGroup group() {
        return group;
    }

    void group(LinkGroup newGroup) {
        group = newGroup;
    }

    boolean nonblock() {
        return nonblock;
    }

    void nonblock(boolean newNonblock) {
        nonblock = newNonblock;
    }

    /** What is known while it is open; asked for only by open files. */
    PcmRuntime runtime() {
        PcmRuntime open = runtime;
        if (open == null) {
            throw new IllegalStateException("substream=" + number + " is not open");
        }
        return open;
    }

    HwRefinement refinement() {
        HwRefinement open = refinement;
        if (open == null) {
            throw new IllegalStateException("substream=" + number + " is not open");
        }
        return open;
    }

    /** The first file opens it. */
    void open(boolean openNonblock) throws IOException {
        HwConstraints constraints = ops.hardware().constraints();
        ops.constrain(constraints);
        ops.hardware().completeInto(constraints);
        RegionSource regions = card().regions();
        Region status =
                regions.allocate(RegionSource.Kind.STATUS, isCapture(), RegionSource.PAGE_BYTES);
        Region control;
        try {
            control =
                    regions.allocate(
                            RegionSource.Kind.CONTROL, isCapture(), RegionSource.PAGE_BYTES);
        } catch (IOException e) {
            status.close();
            throw e;
        }
        runtime = new PcmRuntime(status, control);
        refinement = new HwRefinement(ops.hardware(), constraints);
        nonblock = openNonblock;
        openFiles = 1;
        copiedFrames = 0;
        xruns = 0;
        card().activate(this);
    }

    void attach() {
        openFiles++;
    }

    /** A file closes; the last one stops the stream and frees everything. */
    void detach() {
        openFiles--;
        if (openFiles > 0) {
            return;
        }
        PcmRuntime closing = runtime();
        if (closing.state() != PcmState.OPEN) {
            if (closing.state() != PcmState.DISCONNECTED) {
                PcmOperations.drop(this);
            }
            ops.hwFree();
        }
        Links.leave(this);
        frames.lose(Errno.ECANCELED);
        ops.close();
        card().deactivate(this);
        closing.closeRegions();
        observer.periodNanos(0);
        runtime = null;
        refinement = null;
        onWake = () -> {};
        waiters.clear();
        device.released();
    }

    /**
     * A driver stops the stream. Kernel: sound/core/pcm_native.c, snd_pcm_stop(). Only under the
     * card's lock, which a driver's calls have.
     *
     * @param state what it is in then: {@code SETUP}, {@code XRUN}, {@code DRAINING} or {@code
     *     DISCONNECTED}
     * @return 0, or a negated errno: {@code EBADFD} where it has no parameters
     */
    public int stop(PcmState state) {
        return PcmOperations.stop(this, state);
    }

    /** Whether it runs now; for drivers, under the card's lock. */
    public boolean isRunning() {
        return isBusy() && runtime().isRunning(isCapture());
    }

    /** Sets who is told of periods and changes: the stream's timer. */
    public void observer(StreamObserver newObserver) {
        synchronized (card().lock()) {
            observer = newObserver;
        }
    }

    StreamObserver observer() {
        return observer;
    }

    /** Its time-line, where frames can be waited for. */
    public FrameLine frames() {
        return frames;
    }

    /** Sets who is told of wake-ups beside the parked waiters; under the card's lock. */
    void onWake(Runnable listener) {
        onWake = listener;
    }

    /** Frames that READI or WRITEI copied since it was opened; mapped clients copy none. */
    public long copiedFrames() {
        synchronized (card().lock()) {
            return copiedFrames;
        }
    }

    /** Times it stopped for want of its client since it was opened. */
    public int xruns() {
        synchronized (card().lock()) {
            return xruns;
        }
    }

    void countXrun() {
        xruns++;
    }

    void countCopied(long frames) {
        copiedFrames += frames;
    }

    /** Parks a waiter until it says that it is done. */
    void park(Waiter waiter) {
        waiters.add(waiter);
    }

    void unpark(Waiter waiter) {
        waiters.remove(waiter);
    }

    /** Calls of a file that has closed have nothing to wait for any more. */
    void letGo(PcmFile file) {
        for (int i = waiters.size() - 1; i >= 0; i--) {
            if (waiters.get(i) instanceof BlockingCall call && call.file == file) {
                waiters.remove(i);
                call.onChange();
            }
        }
    }

    /** When the first call that waits here gives up; {@link Long#MAX_VALUE} with none. */
    long deadlineNanos() {
        long first = Long.MAX_VALUE;
        for (int i = 0; i < waiters.size(); i++) {
            if (waiters.get(i) instanceof BlockingCall call) {
                first = Math.min(first, call.deadlineNanos());
            }
        }
        return first;
    }

    /** Lets those calls give up that have waited long enough. */
    void expire(long livedNanos) {
        for (int i = waiters.size() - 1; i >= 0; i--) {
            boolean isDue =
                    waiters.get(i) instanceof BlockingCall call
                            && call.deadlineNanos() <= livedNanos;
            if (isDue && waiters.remove(i) instanceof BlockingCall call) {
                call.expire();
            }
        }
    }

    /** Frames are there, or the state changed. */
    void wake() {
        onWake.run();
        for (int i = waiters.size() - 1; i >= 0; i--) {
            // a waiter may act on the stream, which wakes others and lets them go
            if (i < waiters.size()) {
                Waiter waiter = waiters.get(i);
                if (waiter.onChange()) {
                    waiters.remove(waiter);
                }
            }
        }
    }

    /** The card's time of a kind, nanoseconds. */
    long timeOf(TstampType type) {
        return switch (type) {
            case GETTIMEOFDAY -> card().clock().realtimeNanos();
            case MONOTONIC -> card().clock().monotonicNanos();
            case MONOTONIC_RAW -> card().clock().monotonicRawNanos();
        };
    }
}
