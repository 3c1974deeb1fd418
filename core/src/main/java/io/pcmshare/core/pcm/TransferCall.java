package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;

import java.lang.foreign.MemorySegment;

/**
 * A READI or WRITEI of a program: samples between its memory and the ring, in pieces, waiting where
 * it has to. Kernel: sound/core/pcm_native.c, snd_pcm_xferi_frames_ioctl().
 *
 * <p>The program's memory is touched outside the card's lock; the ring inside it.
 */
final class TransferCall extends BlockingCall {
    private static final int EAGAIN = Errno.EAGAIN.negated();

    private final Transfer transfer;
    private final StreamParams params;
    private final long userAddress;
    private final boolean nonblock;
    private final ResultSink sink;
    private final long pieceFrames;
    private boolean begun;

    /** Where the answer goes besides the call's own return. */
    @FunctionalInterface
    interface ResultSink {
        /** Hands over the frames or the negated errno; answers what the call returns. */
        long finish(long result);
    }

    /**
     * Under the card's lock, on a stream with parameters.
     *
     * @param userAddress of the program's buffer; 0 plays silence
     */
    TransferCall(
            Substream substream,
            PcmCaller caller,
            long userAddress,
            long frames,
            boolean nonblock,
            ResultSink sink) {
        super(substream, caller);
        StreamParams chosen = substream.runtime().params;
        if (chosen == null) {
            throw new IllegalStateException("state=" + substream.runtime().state());
        }
        this.transfer = new Transfer(substream, frames);
        this.params = chosen;
        this.userAddress = userAddress;
        this.nonblock = nonblock;
        this.sink = sink;
        this.pieceFrames = Math.max(1, CallScratch.SAMPLE_BYTES / params.bytes(1));
    }

    @Override
    public long run() {
        long answer;
        synchronized (lock()) {
            answer = begun ? transfer.accessible() : transfer.begin();
            begun = true;
        }
        while (answer >= 0 && transfer.left() > 0) {
            answer = substream.isCapture() ? readPiece() : writePiece();
            if (answer == 0) {
                if (!nonblock) {
                    return waitFor();
                }
                answer = EAGAIN;
            }
        }
        return end(answer);
    }

    /** Parks, unless frames have come meanwhile. */
    private long waitFor() {
        synchronized (lock()) {
            boolean waits = transfer.accessible() == 0 && transfer.avail() == 0;
            if (waits) {
                transfer.await();
                return park();
            }
        }
        return run();
    }

    private long writePiece() {
        long frames = Math.min(transfer.left(), pieceFrames);
        synchronized (lock()) {
            int allowed = transfer.accessible();
            frames = Math.min(frames, transfer.avail());
            if (allowed < 0 || frames <= 0) {
                return Math.min(allowed, 0);
            }
        }
        MemorySegment samples = caller.scratch().samples;
        long bytes = params.bytes(frames);
        if (userAddress == 0) {
            Silence.fill(samples, 0, bytes, params.format());
        } else {
            long from = userAddress + params.bytes(transfer.done());
            int copied = caller.read(from, samples, 0, bytes);
            if (copied < 0) {
                return copied;
            }
        }
        synchronized (lock()) {
            return moveAll(frames, samples, true);
        }
    }

    private long readPiece() {
        long frames = Math.min(transfer.left(), pieceFrames);
        long before = transfer.done();
        MemorySegment samples = caller.scratch().samples;
        long answer;
        synchronized (lock()) {
            answer = moveAll(frames, samples, false);
        }
        long moved = transfer.done() - before;
        if (moved > 0) {
            long to = userAddress + params.bytes(before);
            int copied = caller.write(to, samples, 0, params.bytes(moved));
            if (copied < 0) {
                synchronized (lock()) {
                    transfer.undo(moved);
                }
                return copied;
            }
        }
        return answer;
    }

    /** Moves up to {@code frames} between scratch and ring, in two pieces where the ring wraps. */
    private long moveAll(long frames, MemorySegment samples, boolean toRing) {
        long origin = params.bytes(transfer.done());
        UserFrames scratch =
                (ring, ringOffset, userOffset, bytes) -> {
                    long at = userOffset - origin;
                    if (toRing) {
                        MemorySegment.copy(samples, at, ring, ringOffset, bytes);
                    } else {
                        MemorySegment.copy(ring, ringOffset, samples, at, bytes);
                    }
                    return 0;
                };
        long movedAll = 0;
        while (movedAll < frames) {
            long moved = transfer.move(scratch, frames - movedAll);
            if (moved <= 0) {
                return moved < 0 ? moved : movedAll;
            }
            movedAll += moved;
        }
        return movedAll;
    }

    private long end(long answer) {
        long result;
        synchronized (lock()) {
            result = substream.isBusy() ? transfer.end(answer) : answer;
            substream.card().scheduleChanged();
        }
        return sink.finish(result);
    }

    @Override
    long endEarly(int errno) {
        return end(errno);
    }
}
