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
    private MemorySegment queue = MemorySegment.NULL;
    private @Nullable Arena queueArena;
    private long queuedFrames;
    private long headFrame;
    private long capacityFrames;
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
        queue = arena.allocate(capture.bufferBytes(), 64);
        capacityFrames = capture.bufferSize();
        clear();
    }

    void release() {
        if (queueArena != null) {
            queueArena.close();
            queueArena = null;
        }
        queue = MemorySegment.NULL;
        capacityFrames = 0;
        clear();
    }

    void recording(boolean on) {
        recording = on;
        clear();
    }

    private void clear() {
        queuedFrames = 0;
        headFrame = 0;
    }

    /** The playing end moved frames. */
    void put(RingView ring, long offsetFrames, long frames) {
        if (!recording || capacityFrames == 0) {
            return;
        }
        StreamParams params = ring.params();
        long from = offsetFrames;
        long left = frames;
        while (left > 0) {
            long tail = (headFrame + queuedFrames) % capacityFrames;
            long piece = Math.min(left, capacityFrames - tail);
            MemorySegment.copy(
                    ring.memory(),
                    params.bytes(from),
                    queue,
                    params.bytes(tail),
                    params.bytes(piece));
            queuedFrames += piece;
            if (queuedFrames > capacityFrames) {
                headFrame = (headFrame + queuedFrames - capacityFrames) % capacityFrames;
                queuedFrames = capacityFrames;
            }
            from += piece;
            left -= piece;
        }
    }

    /** The recording end moves frames; what nobody played is silence. */
    void take(RingView ring, long offsetFrames, long frames) {
        StreamParams params = ring.params();
        long to = offsetFrames;
        long left = Math.min(frames, queuedFrames);
        ring.silence(offsetFrames + left, frames - left);
        while (left > 0) {
            long piece = Math.min(left, capacityFrames - headFrame);
            MemorySegment.copy(
                    queue,
                    params.bytes(headFrame),
                    ring.memory(),
                    params.bytes(to),
                    params.bytes(piece));
            headFrame = (headFrame + piece) % capacityFrames;
            queuedFrames -= piece;
            to += piece;
            left -= piece;
        }
    }
}
