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
 * The driver of a stream that a client plays: its frames go into a {@link Sink}, and while they do
 * that can become another one.
 *
 * <p>What it has moved is what the frames of the sink until now took of it. Threads: under the
 * bay's lock, but {@link #reroute}. Audio path: allocates nothing.
 */
final class PlayOps implements PcmOps, Feeder {
    private final Router router;
    private final Fader fader = new Fader();

    /** Where it goes from the next look on; the control thread's word. */
    private final AtomicReference<@Nullable PlayRoute> wanted = new AtomicReference<>();

    private @Nullable Substream stream;

    /** Written under the bay's lock. */
    private volatile @Nullable PlayRoute route;

    private volatile boolean isLate;

    /** Where a stream goes that chooses parameters by itself; none before it first has. */
    private volatile @Nullable BayDevice home;

    private volatile boolean isEnded;
    private boolean running;

    /** Frames of the client when it stood last, and of those that went into another strip. */
    private long framesBefore;

    private long stripBegin;

    /** The frame of the sink at which it began to run, and how many its strip had made then. */
    private long startFrame;

    private long madeBefore;

    /** Up to here on the sink its frames are asked for. */
    private long promisedFrame;

    /** Who knows where streams go. */
    @FunctionalInterface
    interface Router {
        /**
         * The way of a stream that begins; under the bay's lock.
         *
         * @param home where it went last; {@code null} for one that has not gone anywhere
         * @return the caller's to release; {@code null} where there is no device
         */
        @Nullable PlayRoute route(Voice voice, @Nullable BayDevice home);
    }

    PlayOps(Router router) {
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

    /** Where it goes, or will in a moment. */
    @Nullable PlayRoute route() {
        PlayRoute next = wanted.get();
        return next == null ? route : next;
    }

    /** Whether a wish of {@link #reroute} is open yet. */
    boolean isRerouting() {
        return wanted.get() != null;
    }

    /**
     * Has it go another way from the next look on, which is this stream's then. Threads: control.
     */
    void reroute(@Nullable PlayRoute to) {
        release(wanted.getAndSet(to));
    }

    private static void release(@Nullable PlayRoute unused) {
        if (unused != null) {
            unused.release();
        }
    }

    /** Ends it at the next look, as if its device were gone. Threads: control. */
    void end() {
        isEnded = true;
    }

    /** Whether it is just ahead of what is heard; before it is configured. */
    void late(boolean late) {
        isLate = late;
    }

    @Override
    public boolean isLate() {
        return isLate;
    }

    @Override
    public boolean isLossy() {
        PlayRoute by = route;
        return by != null && by.isLossy();
    }

    @Override
    public long passedFrame() {
        PlayRoute by = route;
        return by == null ? Long.MAX_VALUE : by.nextFrame();
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

    /** A way that resamples takes milliseconds to be made. */
    @Override
    public boolean isSlow() {
        return true;
    }

    @Override
    public void foresee(StreamParams params) {
        PlayRoute ready = wanted.get();
        if (ready == null
                || !ready.voice().fits(params.format(), params.channels(), params.rate())) {
            reroute(
                    router.route(
                            Voice.of(params.format(), params.channels(), params.rate()), home));
        }
    }

    /** Finds its way, if nobody has; {@code ENODEV} where there is no device. */
    @Override
    public int hwParams(StreamParams params) {
        isEnded = false;
        PlayRoute ready = wanted.getAndSet(null);
        if (ready == null
                || !ready.voice().fits(params.format(), params.channels(), params.rate())) {
            release(ready);
            Voice voice = Voice.of(params.format(), params.channels(), params.rate());
            ready = router.route(voice, home);
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
        PlayRoute by = wanted.getAndSet(null);
        if (by == null || !by.voice().fits(params.format(), params.channels(), params.rate())) {
            release(by);
            by = route;
        } else {
            release(route);
            route = by;
        }
        return by == null ? Errno.ENODEV.negated() : 0;
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        PlayRoute by = route;
        if (by == null) {
            return Errno.ENODEV.negated();
        }
        switch (command) {
            case START, PAUSE_RELEASE, RESUME -> {
                return (int) Math.min(0, start(by, nowNanos));
            }
            case PAUSE_PUSH, SUSPEND -> stop(by, false);
            case STOP -> stop(by, true);
        }
        return 0;
    }

    private long start(PlayRoute by, long nowNanos) {
        if (framesBefore == 0) {
            // nobody has heard it at another volume
            by.strip().reset(fader.gain());
        }
        by.nextFrame(Long.MAX_VALUE); // it holds nobody back before it has begun
        long frame = by.sink().start(this, nowNanos);
        if (frame >= 0) {
            running = true;
            startFrame = frame;
            promisedFrame = frame;
            madeBefore = by.strip().framesOf(framesBefore - stripBegin);
            by.nextFrame(frame);
        }
        return frame;
    }

    /** Stands from now on; what is in the strip is heard where nothing follows. */
    private void stop(PlayRoute by, boolean flush) {
        if (!running) {
            return;
        }
        framesBefore = moved(by);
        running = false;
        if (flush) {
            long from = by.nextFrame();
            by.strip().flush();
            by.sink().added(this, from, by.nextFrame());
        }
        by.sink().stop(this);
        by.meter().silence();
    }

    /** Frames that the client has passed. */
    private long moved(PlayRoute by) {
        long made = madeBefore + promisedFrame - startFrame;
        return Math.max(framesBefore, stripBegin + by.strip().framesFor(made));
    }

    @Override
    public long moved(long nowNanos) {
        PlayRoute by = route;
        if (!running || by == null) {
            return framesBefore;
        }
        if (isEnded) {
            endStream();
            return framesBefore;
        }
        PlayRoute to = wanted.getAndSet(null);
        if (to != null && to.voice().sameFrames(by.voice())) {
            by = change(by, to, nowNanos);
        } else {
            release(to); // made for what its client had chosen before
        }
        // one that ran empty between two looks has nothing to say up to here
        by.nextFrame(Math.max(by.nextFrame(), promisedFrame));
        long position = by.sink().position(this, nowNanos);
        // of a device that is gone time stands, until somebody finds another one or ends it
        promisedFrame = Math.max(promisedFrame, position);
        return moved(by);
    }

    private void endStream() {
        Substream gone = stream;
        if (gone != null) {
            var _ = gone.stop(PcmState.DISCONNECTED);
        }
    }

    /**
     * Goes on elsewhere: what was added here is heard here, and the next frame is the first there.
     */
    private PlayRoute change(PlayRoute from, PlayRoute to, long nowNanos) {
        long begun = to.sink() == from.sink() ? -1 : to.sink().start(this, nowNanos);
        if (begun < 0) {
            // it is there already; or the device does not begin, which is no place to go
            to.release();
            return from;
        }
        long movedUntilNow = moved(from);
        if (!to.strip().continues(from.strip())) {
            long first = from.nextFrame();
            from.strip().flush();
            from.sink().added(this, first, from.nextFrame());
            to.strip().reset(fader.gain());
            stripBegin = movedUntilNow;
        }
        from.sink().stop(this);
        from.release();
        framesBefore = movedUntilNow;
        route = to;
        startFrame = begun;
        promisedFrame = begun;
        madeBefore = to.strip().framesOf(movedUntilNow - stripBegin);
        to.nextFrame(begun);
        return to;
    }

    @Override
    public long nanosAt(long frames) {
        PlayRoute by = route;
        if (!running || by == null) {
            return Long.MAX_VALUE;
        }
        long made = by.strip().framesOf(frames - stripBegin - 1) + 1;
        return by.sink().nanosAt(this, startFrame + made - madeBefore);
    }

    @Override
    public long lookNanos() {
        PlayRoute by = route;
        return running && by != null ? by.sink().lookNanos(this) : Long.MAX_VALUE;
    }

    @Override
    public long queuedFrames() {
        PlayRoute by = route;
        if (!running || by == null) {
            return 0;
        }
        return by.strip().scaled(by.sink().queuedFrames(this)) + by.strip().latency();
    }

    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        PlayRoute by = route;
        if (by == null) {
            return;
        }
        by.strip().aim(fader.gain());
        long from = by.nextFrame();
        by.add(ring.memory(), ring.params().bytes(offsetFrames), frames);
        by.sink().added(this, from, by.nextFrame());
    }

    @Override
    public void close() {
        release(wanted.getAndSet(null));
        isLate = false;
        isEnded = false;
        home = null;
        fader.reset();
    }
}
