package io.pcmshare.cards;

import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;

import java.lang.foreign.Arena;

/**
 * Native memory for frames on their way, so short that it stays in the cache. Owns the memory.
 * Threads: under the card's lock.
 */
final class ScratchRing implements AutoCloseable {
    private static final long FRAMES = 2048;

    private final Arena arena;
    private final RingView ring;

    /** Memory for frames of a stream, of as many as fit. */
    @SuppressWarnings("MustBeClosedChecker") // the arena is this object's, closed by close()
    ScratchRing(StreamParams stream) {
        StreamParams params = shortened(stream);
        arena = Arena.ofShared();
        ring = new RingView(arena.allocate(params.bufferBytes(), Long.BYTES), params);
    }

    private static StreamParams shortened(StreamParams stream) {
        long frames = Math.min(FRAMES, stream.bufferSize());
        return new StreamParams(
                stream.stream(),
                stream.access(),
                stream.format(),
                stream.channels(),
                stream.rate(),
                Math.min(frames, stream.periodSize()),
                frames,
                stream.noPeriodWakeup());
    }

    RingView ring() {
        return ring;
    }

    /** Frames that fit. */
    long frames() {
        return ring.params().bufferSize();
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
