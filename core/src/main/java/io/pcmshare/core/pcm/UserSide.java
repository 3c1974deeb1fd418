package io.pcmshare.core.pcm;

import java.lang.foreign.MemorySegment;

/**
 * The program's side of a transfer: where its samples are, and the step that they take through the
 * {@link CallScratch} of the call.
 *
 * <p>{@link #travel}, then for playback {@link #fetch} and {@link #move}, for capture {@link #move}
 * and {@link #deliver}. Threads: one; {@link #move} under the card's lock, the others outside.
 */
abstract sealed class UserSide implements FrameMover permits UserBuffer, UserChannels {
    final StreamParams params;
    private MemorySegment samples = MemorySegment.NULL;
    private long origin;
    private final boolean toRing;

    UserSide(StreamParams params, boolean toRing) {
        this.params = params;
        this.toRing = toRing;
    }

    /** Frames that travel at once. */
    final long pieceFrames() {
        return Math.max(1, params.frames(CallScratch.SAMPLE_BYTES));
    }

    /** What comes next passes through this scratch and begins with this frame of the transfer. */
    final void travel(CallScratch scratch, long firstFrame) {
        samples = scratch.samples;
        origin = firstFrame;
    }

    /** The program's samples to the scratch; 0 or a negated {@code EFAULT}. */
    abstract int fetch(PcmCaller caller, MemorySegment samples, long clientFrame, long frames);

    /** The scratch's samples to the program; 0 or a negated {@code EFAULT}. */
    abstract int deliver(PcmCaller caller, MemorySegment samples, long clientFrame, long frames);

    /** Copies between the scratch, from a frame on, and the ring. */
    abstract void copy(RingView ring, long ringFrame, long scratchFrame, long frames);

    final int fetch(PcmCaller caller, long frames) {
        return fetch(caller, samples, origin, frames);
    }

    final int deliver(PcmCaller caller, long frames) {
        return deliver(caller, samples, origin, frames);
    }

    @Override
    public final int move(RingView ring, long ringFrame, long clientFrame, long frames) {
        copy(ring, ringFrame, clientFrame - origin, frames);
        return 0;
    }

    final void copyBytes(long scratchAt, RingView ring, long ringAt, long bytes) {
        if (toRing) {
            MemorySegment.copy(samples, scratchAt, ring.memory(), ringAt, bytes);
        } else {
            MemorySegment.copy(ring.memory(), ringAt, samples, scratchAt, bytes);
        }
    }
}
