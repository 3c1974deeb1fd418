package io.pcmshare.cards;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.clock.FrameCounter;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmOpenException;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one stream of those that play on a mixer card, and plays it on another card.
 *
 * <p>Time is one count of frames, that of the mix. At first it runs by the card's clock while
 * {@link MixOutput#leadFrames} are gathered; from then on the other card's pointer moves it, so
 * that nothing drifts. A stream is at the frame at which it started plus what it has moved; a frame
 * is handed on when every running stream has passed it. When the last one stops, what was mixed is
 * drained, and the next mix begins after it: no gap stands for a time in which nobody played.
 *
 * <p>Threads: under the mixer card's lock, inside of which it takes the other card's; never the
 * other way, which holds as the other card knows nothing of this. Audio path: allocates nothing;
 * makes the system calls of the other card's driver.
 */
final class Mixdown implements Closeable {
    private static final int EPIPE = Errno.EPIPE.negated();

    private final PcmDevice device;
    private final MixFormat format;
    private final List<MixerOps> running = new ArrayList<>();
    private final FrameCounter gathering = new FrameCounter();
    private @Nullable MixOutput output;

    /** The mix's frame that is the output's first since it was prepared. */
    private long originFrame;

    /** The mix's frame that was reached when somebody looked last. */
    private long frame;

    private long lookedNanos;

    /** The end of what was ever added. */
    private long endFrame;

    /**
     * A mix of nothing yet.
     *
     * @param device what to play it on, once there is something
     * @param format what to play it as
     */
    Mixdown(PcmDevice device, MixFormat format) {
        this.device = device;
        this.format = format;
    }

    /** What is mixed. */
    MixFormat format() {
        return format;
    }

    /**
     * Where the mix goes, opened when it is asked for first.
     *
     * @throws PcmOpenException where the other card cannot be opened
     */
    MixOutput output() throws PcmOpenException {
        MixOutput open = output;
        if (open == null) {
            open = MixOutput.open(device, format);
            output = open;
        }
        return open;
    }

    /**
     * A stream runs from now on.
     *
     * @return 0, or what the other card answers
     */
    int start(MixerOps stream, long nowNanos) {
        MixOutput to = output;
        if (to == null) {
            return Errno.EBADFD.negated();
        }
        if (running.isEmpty()) {
            var _ = to.moved(nowNanos);
            if (to.state() == PcmState.DISCONNECTED) {
                return Errno.ENODEV.negated();
            }
            if (to.state() != PcmState.DRAINING) {
                int answer = begin(to, nowNanos);
                if (answer < 0) {
                    return answer;
                }
            }
        }
        lookedNanos = nowNanos;
        long now = frame(nowNanos);
        running.add(stream);
        stream.startedAt(now);
        return 0;
    }

    /** A stream stands from now on. What it has added is heard. */
    void stop(MixerOps stream) {
        if (!running.remove(stream)) {
            return;
        }
        MixOutput to = output;
        if (to == null) {
            return;
        }
        if (!running.isEmpty()) {
            handOn();
            return;
        }
        play(to, endFrame);
        to.drain();
        // nobody is anywhere: the next one begins where this ended
        frame = to.bus().taken();
        endFrame = frame;
    }

    /** The output begins anew, with what comes next. */
    private int begin(MixOutput to, long nowNanos) {
        int answer = to.prepare();
        originFrame = to.bus().taken();
        gathering.reset(to.rate());
        gathering.start(nowNanos);
        return answer;
    }

    /** The mix's frame of this instant; never decreases while anything runs. */
    long frame(long nowNanos) {
        MixOutput to = output;
        if (to == null) {
            return frame;
        }
        long moved = to.moved(nowNanos);
        switch (to.state()) {
            case PREPARED -> {
                long gathered = Math.min(gathering.frames(nowNanos), to.leadFrames());
                frame = Math.max(frame, originFrame + gathered);
            }
            case RUNNING -> frame = Math.max(frame, originFrame + to.leadFrames() + moved);
            case SETUP, XRUN -> {
                // the mix before this one was heard, or we were too late
                var _ = begin(to, nowNanos);
            }
            default -> {
                // DRAINING: the mix before this one is heard yet; DISCONNECTED: nothing moves
            }
        }
        lookedNanos = Math.max(lookedNanos, nowNanos);
        return frame;
    }

    /** Whether the other card is gone. */
    boolean isGone() {
        MixOutput to = output;
        return to != null && to.state() == PcmState.DISCONNECTED;
    }

    /** When the mix will have reached a frame; after the last look for one that it had not. */
    long nanosAt(long mixFrame) {
        MixOutput to = output;
        if (to == null) {
            return Long.MAX_VALUE;
        }
        long nanos =
                switch (to.state()) {
                    case PREPARED -> gathering.nanosAt(mixFrame - originFrame);
                    case RUNNING -> to.nanosAt(mixFrame - originFrame - to.leadFrames());
                    case DRAINING -> to.heardNanos() + FrameTime.nanos(mixFrame - frame, to.rate());
                    case DISCONNECTED -> Long.MAX_VALUE;
                    default -> 0;
                };
        return mixFrame > frame ? Math.max(nanos, lookedNanos + 1) : nanos;
    }

    /** When somebody has to look, so that the output does not run empty. */
    long lookNanos() {
        MixOutput to = output;
        if (to == null) {
            return Long.MAX_VALUE;
        }
        if (to.state() == PcmState.DRAINING) {
            return Math.max(to.heardNanos(), lookedNanos + 1);
        }
        long period = to.lookFrames();
        return nanosAt(originFrame + ((frame - originFrame) / period + 1) * period);
    }

    /** Frames of the mix that a stream is behind and that were not heard yet. */
    long queuedFrames() {
        MixOutput to = output;
        if (to == null) {
            return 0;
        }
        return switch (to.state()) {
            case RUNNING -> to.leadFrames();
            case DRAINING -> to.playedFrames() - to.moved(lookedNanos);
            default -> frame - originFrame;
        };
    }

    /** Something was added up to here. */
    void added(long end) {
        endFrame = Math.max(endFrame, end);
        handOn();
    }

    /** Plays what every running stream has passed. */
    void handOn() {
        MixOutput to = output;
        if (to == null || running.isEmpty()) {
            return;
        }
        long complete = Long.MAX_VALUE;
        for (int i = 0; i < running.size(); i++) {
            complete = Math.min(complete, running.get(i).passedFrame());
        }
        play(to, complete);
    }

    private void play(MixOutput to, long end) {
        long frames = end - to.bus().taken();
        if (frames <= 0 || to.state() == PcmState.DRAINING) {
            return;
        }
        long answer = to.play(frames);
        if (answer == EPIPE && begin(to, lookedNanos) == 0) {
            // we were too late: what was to be heard meanwhile is heard now
            var _ = to.play(frames);
        }
        // of a card that has gone frame() tells the streams
    }

    /** Plays to the end and closes the output. */
    @Override
    public void close() {
        MixOutput to = output;
        if (to != null) {
            to.close();
            output = null;
        }
    }
}
