package io.pcmshare.server.patch;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.params.Interval;
import io.pcmshare.core.params.PcmHardware;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.core.pcm.TriggerCommand;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The driver of a stream that a client records: its frames come from a {@link Source}, and while
 * they do that can become another one.
 *
 * <p>Threads: under the bay's lock, but {@link #reroute}. Audio path: allocates nothing.
 */
final class RecordOps implements PcmOps {
    private final Router router;
    private final Fader fader = new Fader();
    private final AtomicReference<@Nullable RecordRoute> wanted = new AtomicReference<>();
    private @Nullable Substream stream;

    /** Written under the bay's lock. */
    private volatile @Nullable RecordRoute route;

    /** Where a stream goes that chooses parameters by itself; none before it first has. */
    private volatile @Nullable BayDevice home;

    private volatile boolean isEnded;
    private boolean running;

    /** Frames of the client when it stood last. */
    private long framesBefore;

    /** Frames of the client that came of strips before this one. */
    private long stripBegin;

    /** Frames of sources that went into this strip before it ran. */
    private long heardBefore;

    private long startFrame;

    /** Up to here the source has frames for it. */
    private long promisedFrame;

    /** Who knows where streams come from. */
    @FunctionalInterface
    interface Router {
        /**
         * The way of a stream that begins; under the bay's lock.
         *
         * @param home where it went last; {@code null} for one that has not gone anywhere
         * @return the caller's to release; {@code null} where there is no device
         */
        @Nullable RecordRoute route(Voice voice, @Nullable BayDevice home);
    }

    RecordOps(Router router) {
        this.router = router;
    }

    /** Says which stream it is; before anybody opens it. */
    void stream(Substream newStream) {
        stream = newStream;
    }

    @Nullable BayDevice home() {
        return home;
    }

    void home(@Nullable BayDevice newHome) {
        home = newHome;
    }

    Fader fader() {
        return fader;
    }

    /** Where it comes from, or will in a moment. */
    @Nullable RecordRoute route() {
        RecordRoute next = wanted.get();
        return next == null ? route : next;
    }

    /** Whether a wish of {@link #reroute} is open yet. */
    boolean isRerouting() {
        return wanted.get() != null;
    }

    /** Has it come another way from the next look on, which is this stream's then. */
    void reroute(@Nullable RecordRoute from) {
        release(wanted.getAndSet(from));
    }

    /** Ends it at the next look, as if its device were gone. Threads: control. */
    void end() {
        isEnded = true;
    }

    private static void release(@Nullable RecordRoute unused) {
        if (unused != null) {
            unused.release();
        }
    }

    @Override
    public PcmHardware hardware() {
        return BayHardware.HARDWARE;
    }

    /** For those who choose by themselves: less could run empty between two looks. */
    @Override
    public void constrain(HwConstraints constraints) {
        if (!isRerouting()) {
            constraints.minmax(
                    HwParam.BUFFER_TIME, BayHardware.LEAST_BUFFER_MICROS, Interval.UINT_MAX);
        }
    }

    /** Finds its way; {@code ENODEV} where there is no device. */
    @Override
    public int hwParams(StreamParams params) {
        isEnded = false;
        RecordRoute ready = wanted.getAndSet(null);
        if (ready == null
                || !ready.voice().fits(params.format(), params.channels(), params.rate())) {
            release(ready);
            ready = router.route(Voice.of(params.format(), params.channels(), params.rate()), home);
        }
        release(route);
        route = ready;
        return ready == null ? Errno.ENODEV.negated() : 0;
    }

    @Override
    public void hwFree() {
        release(route);
        route = null;
    }

    @Override
    public int prepare(StreamParams params) {
        framesBefore = 0;
        stripBegin = 0;
        heardBefore = 0;
        RecordRoute by = wanted.getAndSet(null);
        if (by == null) {
            by = route;
        } else {
            release(route);
            route = by;
        }
        return by == null ? Errno.ENODEV.negated() : 0;
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        RecordRoute by = route;
        if (by == null) {
            return Errno.ENODEV.negated();
        }
        switch (command) {
            case START, PAUSE_RELEASE, RESUME -> {
                return (int) Math.min(0, start(by, nowNanos));
            }
            case STOP, PAUSE_PUSH, SUSPEND -> stop(by);
        }
        return 0;
    }

    private long start(RecordRoute by, long nowNanos) {
        if (framesBefore == 0) {
            by.reset(fader.gain());
        }
        long frame = by.source().start(nowNanos);
        if (frame >= 0) {
            running = true;
            begin(by, frame);
        }
        return frame;
    }

    private void begin(RecordRoute by, long frame) {
        startFrame = frame;
        promisedFrame = frame;
        by.nextFrame(frame);
    }

    private void stop(RecordRoute by) {
        if (!running) {
            return;
        }
        framesBefore = moved(by);
        heardBefore += promisedFrame - startFrame;
        running = false;
        by.source().stop();
        by.meter().silence();
    }

    private long moved(RecordRoute by) {
        long heard = heardBefore + promisedFrame - startFrame;
        return Math.max(framesBefore, stripBegin + by.strip().framesOf(heard));
    }

    @Override
    public long moved(long nowNanos) {
        RecordRoute by = route;
        if (!running || by == null) {
            return framesBefore;
        }
        if (isEnded) {
            endStream();
            return framesBefore;
        }
        RecordRoute to = wanted.getAndSet(null);
        if (to != null) {
            by = change(by, to, nowNanos);
        }
        promisedFrame = Math.max(promisedFrame, by.source().frame(nowNanos));
        return moved(by);
    }

    private void endStream() {
        Substream gone = stream;
        if (gone != null) {
            var _ = gone.stop(PcmState.DISCONNECTED);
        }
    }

    /** Goes on elsewhere: the frame that follows comes from there. */
    private RecordRoute change(RecordRoute from, RecordRoute to, long nowNanos) {
        long begun = to.source() == from.source() ? -1 : to.source().start(nowNanos);
        if (begun < 0) {
            to.release();
            return from;
        }
        long movedUntilNow = moved(from);
        long heard = heardBefore + promisedFrame - startFrame;
        if (to.continues(from)) {
            heardBefore = heard;
        } else {
            to.reset(fader.gain());
            heardBefore = 0;
            stripBegin = movedUntilNow;
        }
        from.source().stop();
        from.release();
        framesBefore = movedUntilNow;
        route = to;
        begin(to, begun);
        return to;
    }

    @Override
    public long nanosAt(long frames) {
        RecordRoute by = route;
        if (!running || by == null) {
            return Long.MAX_VALUE;
        }
        long heard = by.strip().framesFor(frames - stripBegin);
        return by.source().nanosAt(startFrame + heard - heardBefore);
    }

    @Override
    public long lookNanos() {
        RecordRoute by = route;
        return running && by != null ? by.source().lookNanos() : Long.MAX_VALUE;
    }

    @Override
    public long queuedFrames() {
        RecordRoute by = route;
        return running && by != null ? by.latency() : 0;
    }

    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        RecordRoute by = route;
        if (by == null) {
            return;
        }
        by.strip().aim(fader.gain());
        long at = ring.params().bytes(offsetFrames);
        by.take(ring.memory(), at, frames, promisedFrame);
    }

    @Override
    public void close() {
        release(wanted.getAndSet(null));
        isEnded = false;
        home = null;
        fader.reset();
    }
}
