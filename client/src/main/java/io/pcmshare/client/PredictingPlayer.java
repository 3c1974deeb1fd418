package io.pcmshare.client;

import io.pcmshare.share.wire.StreamTime;
import io.pcmshare.sys.Clocks;

import java.lang.foreign.MemorySegment;

/**
 * Plays a recording straight into the ring with nothing but the ring: where the hardware reads is
 * predicted from the time of the start.
 *
 * <p>It keeps away from the frames just played, which the core silences at the end of a period or
 * somewhat later, and so fills no more than half of the ring. Its loop makes one system call,
 * {@code clock_nanosleep}, and allocates nothing. Threads: one.
 */
public final class PredictingPlayer implements Player {
    private final RingWriter writer;
    private final WakeListener listener;
    private final long periodSize;
    private final long aheadFrames;
    private final int rate;

    /** Plays {@code samples}, whole frames in the stream's format. */
    public PredictingPlayer(StreamMemory memory, MemorySegment samples, WakeListener listener) {
        this.writer = new RingWriter(samples, memory);
        this.listener = listener;
        this.periodSize = memory.offer().periodSize();
        this.aheadFrames = memory.offer().bufferSize() / 2;
        this.rate = memory.offer().rate();
    }

    @Override
    public long prefill() {
        writer.writeUpTo(aheadFrames);
        return writer.written();
    }

    @Override
    public long play(long startNanos) {
        StreamTime time = new StreamTime(startNanos, rate);
        long periods = 0;
        while (!writer.isDone()) {
            periods = Math.max(periods + 1, time.framesAt(Clocks.monotonicNanos()) / periodSize);
            long endNanos = time.nanosAt(periods * periodSize);
            Clocks.sleepUntilMonotonic(endNanos);
            listener.onWake(Clocks.monotonicNanos() - endNanos);
            writer.writeUpTo(periods * periodSize + aheadFrames);
        }
        return writer.written();
    }

    @Override
    public long scribble(long startNanos) {
        return writer.writeRest(
                periodSize, startNanos == AT_ONCE ? null : new StreamTime(startNanos, rate));
    }
}
