package io.pcmshare.cards;

import io.pcmshare.core.ctl.LoopbackElements;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What connects the playing and the recording end of a loopback substream. Kernel:
 * sound/drivers/aloop.c, {@code struct loopback_cable}.
 *
 * <p>Both ends count frames on one clock, so that neither ever waits for a frame the other has not
 * counted yet. What is played while the other end records goes through a queue as long as the
 * recorder's ring; a recorder that does not look for longer than that has an xrun anyway. Threads:
 * under the card's lock.
 */
final class Cable {
    private final LoopbackElements elements;
    private final CableClock clock;
    private int runningEnds;
    private int openEnds;
    private @Nullable StreamParams agreed;
    private @Nullable StreamParams played;
    private @Nullable StreamParams recorded;
    private @Nullable RingView queue;
    private @Nullable Arena queueArena;

    /** The queue holds these frames of the clock, frame N at place N modulo its size. */
    private long headFrame;

    private long tailFrame;
    private boolean recording;

    Cable(LoopbackElements elements) {
        this.elements = elements;
        this.clock = new CableClock(elements::rateShift);
    }

    /** What users set and see. */
    LoopbackElements elements() {
        return elements;
    }

    /**
     * What either end must choose; {@code null} while anything goes. Fixed by the end that is
     * prepared first, until both are closed.
     */
    @Nullable StreamParams agreed() {
        return agreed;
    }

    void opened() {
        openEnds++;
    }

    void closed() {
        openEnds--;
        if (openEnds == 0) {
            agreed = null;
        }
    }

    /** An end is prepared. Kernel: loopback_prepare(). */
    void prepared(StreamParams params, boolean capture) {
        boolean alone = (capture ? played : recorded) == null;
        if (alone || (!capture && elements.notifies())) {
            agreed = params;
        }
        if (capture) {
            recorded = params;
        } else {
            played = params;
        }
    }

    /** An end gave up its parameters. Kernel: loopback_hw_free(). */
    void freed(boolean capture) {
        if (capture) {
            recorded = null;
        } else {
            played = null;
        }
    }

    /** Whether one end cannot hear the other. Kernel: loopback_check_format(). */
    boolean areEndsDifferent() {
        StreamParams a = played;
        StreamParams b = recorded;
        return a != null
                && b != null
                && (a.format() != b.format()
                        || a.rate() != b.rate()
                        || a.channels() != b.channels());
    }

    /** An end starts; answers the cable's frame count at which it does. */
    long start(long nowNanos, int rate) {
        if (runningEnds == 0) {
            clock.start(nowNanos, rate);
        }
        runningEnds++;
        return clock.frames(nowNanos);
    }

    void stop() {
        runningEnds--;
    }

    long frames(long nowNanos) {
        return clock.frames(nowNanos);
    }

    long nanosAt(long frames) {
        return clock.nanosAt(frames);
    }

    /** The recording end is configured: makes the queue. */
    @SuppressWarnings("MustBeClosedChecker") // the arena is the cable's, closed by release()
    void allocate(StreamParams capture) {
        release();
        Arena arena = Arena.ofShared();
        queueArena = arena;
        queue = new RingView(arena.allocate(capture.bufferBytes(), 64), capture);
    }

    void release() {
        if (queueArena != null) {
            queueArena.close();
            queueArena = null;
        }
        queue = null;
    }

    /** The recording end runs from this frame of the clock on. */
    void record(long frame) {
        recording = true;
        headFrame = frame;
        tailFrame = frame;
    }

    /** The recording end stands. */
    void stopRecording() {
        recording = false;
    }

    /**
     * The playing end moved frames.
     *
     * @param atFrame the first one's place on the clock
     */
    void put(RingView ring, long offsetFrames, long frames, long atFrame) {
        RingView to = queue;
        if (!recording || to == null) {
            return;
        }
        long capacity = to.params().bufferSize();
        if (atFrame > tailFrame) {
            // nobody played in between
            long gap = Math.min(atFrame - tailFrame, capacity);
            to.silence((atFrame - gap) % capacity, gap);
            tailFrame = atFrame;
        }
        // what was played before the recorder started is not for it
        long skipped = Math.clamp(tailFrame - atFrame, 0, frames);
        copy(ring, offsetFrames + skipped, to, tailFrame % capacity, frames - skipped);
        tailFrame += frames - skipped;
        headFrame = Math.max(headFrame, tailFrame - capacity);
    }

    /**
     * The recording end moves frames; what nobody played is silence.
     *
     * @param atFrame the first one's place on the clock
     */
    void take(RingView ring, long offsetFrames, long frames, long atFrame) {
        RingView from = queue;
        if (from == null) {
            ring.silence(offsetFrames, frames);
            return;
        }
        long capacity = from.params().bufferSize();
        long lost = Math.clamp(headFrame - atFrame, 0, frames);
        long there = Math.clamp(tailFrame - atFrame - lost, 0, frames - lost);
        ring.silence(offsetFrames, lost);
        copy(from, (atFrame + lost) % capacity, ring, offsetFrames + lost, there);
        ring.silence(offsetFrames + lost + there, frames - lost - there);
    }

    /** Copies frames between two rings of the same format; both wrap. */
    private static void copy(
            RingView from, long fromFrames, RingView to, long toFrames, long frames) {
        StreamParams params = to.params();
        long source = fromFrames;
        long target = toFrames;
        long left = frames;
        while (left > 0) {
            long piece = Math.min(left, from.params().bufferSize() - source);
            piece = Math.min(piece, params.bufferSize() - target);
            MemorySegment.copy(
                    from.memory(),
                    params.bytes(source),
                    to.memory(),
                    params.bytes(target),
                    params.bytes(piece));
            source = (source + piece) % from.params().bufferSize();
            target = (target + piece) % params.bufferSize();
            left -= piece;
        }
    }
}
