package io.pcmshare.client;

import io.pcmshare.share.wire.StreamTime;
import io.pcmshare.sys.Clocks;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/**
 * Copies frames of a recording into a ring. Allocates nothing and makes no system call.
 *
 * <p>Frame N of the recording goes to the ring's place N modulo its size: both count from the
 * start.
 */
final class RingWriter {
    private final MemorySegment source;
    private MemorySegment ring;
    private final long bufferSize;
    private final int frameBytes;
    private final long totalFrames;
    private long written;

    RingWriter(MemorySegment source, StreamMemory memory) {
        this.source = source;
        this.ring = memory.ring();
        this.bufferSize = memory.offer().bufferSize();
        this.frameBytes = memory.frameBytes();
        this.totalFrames = source.byteSize() / frameBytes;
    }

    /** Writes into other memory of the same size from now on. */
    void moveTo(MemorySegment other) {
        ring = other;
    }

    /** Frames of the recording. */
    long totalFrames() {
        return totalFrames;
    }

    /** Frames written so far. */
    long written() {
        return written;
    }

    boolean isDone() {
        return written >= totalFrames;
    }

    /**
     * Writes on until frame {@code limit}, or the recording's end.
     *
     * @return frames written now
     */
    long writeUpTo(long limit) {
        long end = Math.min(limit, totalFrames);
        long before = written;
        while (written < end) {
            long offset = written % bufferSize;
            long frames = Math.min(end - written, bufferSize - offset);
            MemorySegment.copy(
                    source, written * frameBytes, ring, offset * frameBytes, frames * frameBytes);
            written += frames;
        }
        return written - before;
    }

    /** Writes the rest, a period at a time, at the pace of {@code time} or at once. */
    long writeRest(long periodSize, @Nullable StreamTime time) {
        while (!isDone()) {
            if (time != null) {
                Clocks.sleepUntilMonotonic(time.nanosAt(written));
            }
            writeUpTo(written + periodSize);
        }
        return written;
    }
}
