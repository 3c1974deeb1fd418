package io.pcmshare.cards;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmOpenException;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one stream of those that play on a mixer card, and plays it on another card; and holds what
 * those hear who record from it.
 *
 * <p>Time is that of the mix, {@link LeadTime}. A stream is at the frame at which it started plus
 * what it has moved; a frame is handed on when every running stream has passed it. When the last
 * one stops, what was mixed is drained, and the next mix begins after it: no gap stands for a time
 * in which nobody played.
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
    private @Nullable Line line;
    private @Nullable MixInput input;

    /** The stream on the other card, and its time. */
    private record Line(MixOutput output, LeadTime time) {}

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

    /**
     * Where the mix goes, opened when it is asked for first and held from then on.
     *
     * @throws PcmOpenException where the other card cannot be opened
     */
    MixOutput output() throws PcmOpenException {
        Line open = line;
        if (open == null) {
            MixOutput output = MixOutput.open(device, format);
            open = new Line(output, new LeadTime(output.outlet()));
            line = open;
        }
        return open.output();
    }

    /**
     * Where those who record hear, opened when it is asked for first and held from then on.
     *
     * @throws PcmOpenException where the other card cannot be opened
     */
    MixInput input() throws PcmOpenException {
        MixInput open = input;
        if (open == null) {
            open = MixInput.open(device, format, Long.MAX_VALUE);
            input = open;
        }
        return open;
    }

    /**
     * A stream runs from now on.
     *
     * @return 0, or what the other card answers
     */
    int start(MixerOps stream, long nowNanos) {
        Line to = line;
        if (to == null) {
            return Errno.EBADFD.negated();
        }
        long now = frame(nowNanos);
        if (running.isEmpty()) {
            int answer = startFirst(to, nowNanos);
            if (answer < 0) {
                return answer;
            }
        }
        running.add(stream);
        stream.startedAt(now);
        return 0;
    }

    private static int startFirst(Line to, long nowNanos) {
        return switch (to.output().outlet().state()) {
            case DISCONNECTED -> Errno.ENODEV.negated();
            case DRAINING -> 0; // it begins when that is over
            default -> to.time().begin(to.output().bus().taken(), nowNanos);
        };
    }

    /** A stream stands from now on. What it has added is heard. */
    void stop(MixerOps stream) {
        Line to = line;
        if (!running.remove(stream) || to == null) {
            return;
        }
        if (!running.isEmpty()) {
            handOn();
            return;
        }
        play(to, endFrame);
        to.output().outlet().drain();
        endFrame = to.output().bus().taken();
        to.time().rewind(endFrame);
    }

    /** The mix's frame of this instant; never decreases while anything runs. */
    long frame(long nowNanos) {
        Line to = line;
        if (to == null) {
            return 0;
        }
        long frame = to.time().frame(nowNanos);
        PcmState state = to.output().outlet().state();
        if (!running.isEmpty() && (state == PcmState.SETUP || state == PcmState.XRUN)) {
            // the mix before this one was heard, or we were too late, which costs nobody a frame
            var _ = to.time().begin(to.output().bus().taken(), nowNanos);
        }
        return frame;
    }

    /** Whether the other card is gone. */
    boolean isGone() {
        Line to = line;
        return to != null && to.output().outlet().state() == PcmState.DISCONNECTED;
    }

    /** When the mix will have reached a frame. */
    long nanosAt(long frame) {
        Line to = line;
        return to == null ? Long.MAX_VALUE : to.time().nanosAt(frame);
    }

    /** When somebody has to look, so that the output does not run empty. */
    long lookNanos() {
        Line to = line;
        return to == null ? Long.MAX_VALUE : to.time().lookNanos();
    }

    /** Frames of the mix that a stream is behind and that were not heard yet. */
    long queuedFrames() {
        Line to = line;
        return to == null ? 0 : to.time().queuedFrames();
    }

    /** Something was added up to here. */
    void added(long end) {
        endFrame = Math.max(endFrame, end);
        handOn();
    }

    /** Plays what every running stream has passed. */
    void handOn() {
        Line to = line;
        if (to == null || running.isEmpty()) {
            return;
        }
        long complete = Long.MAX_VALUE;
        for (int i = 0; i < running.size(); i++) {
            complete = Math.min(complete, running.get(i).passedFrame());
        }
        play(to, complete);
    }

    private static void play(Line to, long end) {
        MixOutput output = to.output();
        long frames = end - output.bus().taken();
        if (frames <= 0 || output.outlet().state() == PcmState.DRAINING) {
            return;
        }
        long answer = output.play(frames);
        LeadTime time = to.time();
        if (answer == EPIPE && time.begin(output.bus().taken(), time.lookedNanos()) == 0) {
            // we were too late: what was to be heard meanwhile is heard now
            var _ = output.play(frames);
        }
        // of a card that has gone isGone() tells
    }

    /** Plays to the end and closes the output. */
    @Override
    public void close() {
        Line to = line;
        if (to != null) {
            to.output().close();
            line = null;
        }
        MixInput from = input;
        if (from != null) {
            from.close();
            input = null;
        }
    }
}
