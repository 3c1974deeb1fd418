package io.pcmshare.cards;

import io.pcmshare.core.clock.FrameCounter;
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
    private final FrameCounter clock = new FrameCounter();
    private int runningEnds;
    private @Nullable StreamParams agreed;
    private int preparedEnds;
    private @Nullable RingView queue;
    private @Nullable Arena queueArena;

    /** The queue holds these frames of the clock, frame N at place N modulo its size. */
    private long headFrame;

    private long tailFrame;
    private boolean recording;

    /** The parameters that the first prepared end fixed; {@code null} while none is prepared. */
    @Nullable StreamParams agreed() {
        return agreed;
    }

    void prepared(StreamParams params) {
        if (preparedEnds == 0) {
            agreed = params;
        }
        preparedEnds++;
    }

    void unprepared() {
        preparedEnds--;
        if (preparedEnds == 0) {
            agreed = null;
        }
    }

    /** An end starts; answers the cable's frame count at which it does. */
    long start(long nowNanos, int rate) {
        if (runningEnds == 0) {
            clock.reset(rate);
            clock.start(nowNanos);
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
