package io.pcmshare.server.patch;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.cards.CardOutlet;
import io.pcmshare.cards.LeadTime;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.UserFrames;
import io.pcmshare.mix.FrameConverter.Shape;
import io.pcmshare.mix.MixWindow;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Makes one stream of many and plays it on a device. Owns the device's stream.
 *
 * <p>Its time is that of the device, in pieces of a {@link #quantum}: so all who feed it are looked
 * after at the same instants, whatever their own periods are. Most feeders are ahead of what is
 * heard by the whole lead; late ones only by a quantum: what they add goes into what was handed on
 * already, which is taken back and handed on again. What was heard is kept for a while, for those
 * who listen.
 *
 * <p>Threads: under the bay's lock, inside of which it takes the device's. Audio path: allocates
 * nothing; makes the system calls of the device's driver.
 */
final class Sink implements Closeable {
    private static final int EPIPE = Errno.EPIPE.negated();

    /** Room for what a resampler makes of its last frames. */
    private static final int TAIL_FRAMES = 4096;

    /** How often somebody looks whether there is another device for those of one that is gone. */
    private static final long GONE_NANOS = 10_000_000;

    /** So many times in a quantum late feeders are looked after. */
    static final int LATE_PIECES = 4;

    /** Of a quantum such a piece is too near to be changed: it may be heard while that is done. */
    private static final int KEPT_PIECES = 8;

    private static final int HISTORY_PER_SECOND = 4;

    private final CardOutlet outlet;
    private final LongConsumer queueProbe;
    private final LeadTime time;
    private final MixWindow window;
    private final Meter meter;
    private final UserFrames renderer;
    private final List<Feeder> feeders = new ArrayList<>();
    private final AtomicInteger holders = new AtomicInteger();
    private final double[] heard;
    private final int historyFrames;
    private int listeners;
    private long frame;

    /** Where those would be at the last look who are not looked after in quanta. */
    private long lookedFrame;

    private long handedFrame;
    private long measuredFrame;
    private long endFrame;
    private long lossyUntilFrame;
    private long lateFromFrame = Long.MAX_VALUE;
    private long lookedNanos = Long.MIN_VALUE;

    /**
     * Makes it.
     *
     * @param queueProbe told what the device has queued at each look, in frames
     */
    Sink(CardOutlet outlet, LongConsumer queueProbe) {
        this.outlet = outlet;
        this.queueProbe = queueProbe;
        this.time = new LeadTime(outlet);
        StreamParams params = outlet.params();
        Shape shape = new Shape(params.format(), params.channels());
        this.historyFrames = Math.max(params.rate() / HISTORY_PER_SECOND, (int) lead());
        int capacity = historyFrames + (int) (2 * lead() + 4 * quantum()) + TAIL_FRAMES;
        this.window = new MixWindow(shape, capacity);
        this.meter = new Meter(params.channels(), params.rate());
        this.heard = new double[TAIL_FRAMES / 4 * params.channels()];
        this.renderer =
                (ring, ringOffset, userOffset, bytes) -> {
                    long frames = bytes / shape.frameBytes();
                    window.render(
                            ring, ringOffset, frames, handedFrame, handedFrame < lossyUntilFrame);
                    handedFrame += frames;
                    return 0;
                };
    }

    /** Somebody has a way to it. Threads: any. */
    void hold() {
        holders.incrementAndGet();
    }

    /** One has it no more. Threads: any. */
    void letGo() {
        holders.decrementAndGet();
    }

    /** Whether anybody has a way to it, whether he plays or not. Threads: any. */
    boolean isHeld() {
        return holders.get() > 0;
    }

    /** What the device plays. */
    StreamParams params() {
        return outlet.params();
    }

    /** Where frames are added. */
    MixWindow window() {
        return window;
    }

    /** How loud it is. */
    Meter meter() {
        return meter;
    }

    /** Frames between what is added and what is heard. */
    long lead() {
        return outlet.leadFrames();
    }

    /** How often it is looked after, frames. */
    long quantum() {
        return outlet.lookFrames();
    }

    /** Late feeders are looked after more often. */
    private long quantumOf(Feeder feeder) {
        return feeder.isLate() ? Math.max(1, quantum() / LATE_PIECES) : quantum();
    }

    /** How far behind the others a feeder is, frames. */
    private long behind(Feeder feeder) {
        return feeder.isLate() ? lead() - quantum() : 0;
    }

    int xruns() {
        return outlet.xruns();
    }

    /** Those who feed it now. */
    int feeders() {
        return feeders.size();
    }

    /** Whether nobody feeds it and nobody listens. */
    boolean isIdle() {
        return feeders.isEmpty() && listeners == 0;
    }

    boolean isGone() {
        return outlet.state() == PcmState.DISCONNECTED;
    }

    /**
     * Somebody feeds it from now on.
     *
     * @return the frame that its first one will be, or what the device answers
     */
    long start(Feeder feeder, long nowNanos) {
        int answer = awake(nowNanos);
        if (answer < 0) {
            return answer;
        }
        // before it is one of them: it may still be somebody else's, and has passed frames there
        long first = position(feeder, nowNanos);
        feeders.add(feeder);
        return first;
    }

    /**
     * Somebody listens from now on: the device plays, if only silence.
     *
     * @return the frame that is heard next, or what the device answers
     */
    long listen(long nowNanos) {
        int answer = awake(nowNanos);
        if (answer < 0) {
            return answer;
        }
        listeners++;
        return heardFrame(nowNanos);
    }

    private int awake(long nowNanos) {
        look(nowNanos);
        if (!isIdle()) {
            return 0;
        }
        return switch (outlet.state()) {
            case DISCONNECTED -> Errno.ENODEV.negated();
            case DRAINING -> 0; // it begins when that is over
            default -> begin(nowNanos);
        };
    }

    private int begin(long nowNanos) {
        lookedNanos = Long.MIN_VALUE;
        return time.begin(handedFrame, nowNanos);
    }

    /** Somebody feeds it no more. What was added is heard. */
    void stop(Feeder feeder) {
        if (feeders.remove(feeder)) {
            rest();
        }
    }

    /** Somebody listens no more. */
    void stopListening() {
        listeners--;
        rest();
    }

    private void rest() {
        handOn();
        if (!isIdle()) {
            return;
        }
        play(endFrame);
        outlet.drain();
        endFrame = handedFrame;
        frame = handedFrame;
        time.rewind(handedFrame);
    }

    /** Where a feeder ought to be at an instant; never decreases while it feeds. */
    long position(Feeder feeder, long nowNanos) {
        look(nowNanos);
        if (!feeder.isLate()) {
            return frame;
        }
        return lateFrame(feeder);
    }

    private long lateFrame(Feeder feeder) {
        return whole(lookedFrame - behind(feeder), quantumOf(feeder));
    }

    /** What is heard at an instant: frames before it can be read in {@link #window}. */
    long heardFrame(long nowNanos) {
        look(nowNanos);
        return Math.max(window.begin(), Math.min(handedFrame, frame - lead()));
    }

    /** Whole pieces since the device began. */
    private long whole(long any, long piece) {
        long origin = time.originFrame();
        return origin + Math.max(0, any - origin) / piece * piece;
    }

    /** Brings it up to an instant; of many who ask at the same one the first does it. */
    private void look(long nowNanos) {
        if (nowNanos == lookedNanos) {
            return;
        }
        lookedNanos = nowNanos;
        long now = time.frame(nowNanos);
        lookedFrame = now;
        PcmState state = outlet.state();
        if (state == PcmState.RUNNING) {
            queueProbe.accept(outlet.playedFrames() - outlet.moved(nowNanos));
        }
        if (!isIdle() && (state == PcmState.SETUP || state == PcmState.XRUN)) {
            // the mix before this one was heard, or we were too late, which costs nobody a frame
            var _ = begin(nowNanos);
            lookedNanos = nowNanos;
        }
        frame = Math.max(frame, whole(now, quantum()));
        window.advance(Math.min(handedFrame, frame - lead()) - historyFrames);
        handOn();
    }

    /** When a feeder will have reached a frame. */
    long nanosAt(Feeder feeder, long wanted) {
        if (isGone()) {
            return Long.MAX_VALUE;
        }
        long piece = quantumOf(feeder);
        long origin = time.originFrame();
        long reached = origin + Math.ceilDiv(Math.max(0, wanted - origin), piece) * piece;
        return time.nanosAt(reached + behind(feeder));
    }

    /** When a frame will have been heard. */
    long heardNanosAt(long wanted) {
        if (isGone()) {
            return Long.MAX_VALUE;
        }
        long origin = time.originFrame();
        long ahead = Math.max(0, wanted + lead() - origin);
        return time.nanosAt(origin + Math.ceilDiv(ahead, quantum()) * quantum());
    }

    /** When somebody has to look at a feeder. */
    long lookNanos(Feeder feeder) {
        long nanos = lookNanos();
        if (!feeder.isLate() || isGone()) {
            return nanos;
        }
        // so much of its lead must not have passed when it adds
        return Math.min(nanos, nanosAt(feeder, lateFrame(feeder) + 1));
    }

    /** When somebody has to look, so that the device does not run empty. */
    long lookNanos() {
        return isGone() ? lookedNanos + GONE_NANOS : time.lookNanos();
    }

    /** Frames that a feeder has passed and nobody has heard. */
    long queuedFrames(Feeder feeder) {
        return Math.max(0, time.queuedFrames() - behind(feeder));
    }

    /**
     * A feeder has added frames.
     *
     * @param fromFrame the first
     * @param toFrame the one behind the last
     */
    void added(Feeder feeder, long fromFrame, long toFrame) {
        endFrame = Math.max(endFrame, toFrame);
        if (feeder.isLossy()) {
            lossyUntilFrame = Math.max(lossyUntilFrame, toFrame);
        }
        if (fromFrame < handedFrame) {
            lateFromFrame = Math.min(lateFromFrame, fromFrame);
        }
        handOn();
    }

    /** Plays what everybody has passed. */
    private void handOn() {
        if (isIdle()) {
            return;
        }
        long complete = Long.MAX_VALUE;
        for (int i = 0; i < feeders.size(); i++) {
            Feeder feeder = feeders.get(i);
            complete = feeder.isLate() ? complete : Math.min(complete, feeder.passedFrame());
        }
        long wanted = complete == Long.MAX_VALUE ? frame : complete;
        long before = handedFrame;
        if (lateFromFrame < handedFrame) {
            // what comes too late even for that is not heard; the others do not suffer from it
            boolean isHeard = outlet.state() == PcmState.RUNNING;
            long kept = isHeard ? quantum() / KEPT_PIECES : 0;
            handedFrame -= outlet.rewind(handedFrame - lateFromFrame, kept);
        }
        lateFromFrame = Long.MAX_VALUE;
        play(Math.max(before, wanted));
    }

    private void play(long end) {
        long frames = end - handedFrame;
        if (frames <= 0 || outlet.state() == PcmState.DRAINING) {
            return;
        }
        long answer = outlet.play(renderer, frames);
        if (answer == EPIPE && time.begin(handedFrame, time.lookedNanos()) == 0) {
            // we were too late: what was to be heard meanwhile is heard now
            var _ = outlet.play(renderer, end - handedFrame);
        }
        measure();
    }

    private void measure() {
        int most = heard.length / window.out().channels();
        measuredFrame = Math.max(measuredFrame, window.begin());
        while (measuredFrame < handedFrame) {
            int piece = (int) Math.min(most, handedFrame - measuredFrame);
            window.read(heard, 0, piece, measuredFrame);
            meter.add(heard, 0, piece);
            measuredFrame += piece;
        }
    }

    /** Plays to the end and closes the device's stream. */
    @Override
    public void close() {
        outlet.close();
    }
}
