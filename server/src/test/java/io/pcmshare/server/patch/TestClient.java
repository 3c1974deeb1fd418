package io.pcmshare.server.patch;

import io.pcmshare.abi.PcmState;
import io.pcmshare.core.pcm.PcmFile;

import java.lang.foreign.MemorySegment;

/** A client that plays an array, or records into one, whenever there is room. */
final class TestClient {
    final BayStream stream;
    private final PcmFile file;
    private final MemorySegment samples;
    private final long frames;
    private final boolean captures;
    private long done;
    private boolean draining;

    TestClient(BayStream stream, MemorySegment samples) {
        this.stream = stream;
        this.file = stream.file();
        this.samples = samples;
        this.captures = file.substream().isCapture();
        this.frames = file.params().frames(samples.byteSize());
    }

    /** Frames that passed the stream. */
    long moved() {
        return file.hwPtr();
    }

    MemorySegment samples() {
        return samples;
    }

    boolean isDone() {
        PcmState state = file.state();
        return captures ? done >= frames : draining && state != PcmState.DRAINING;
    }

    void work() {
        if (file.state() == PcmState.PREPARED && captures) {
            check(file.start());
        }
        transfer();
        if (captures) {
            return;
        }
        if (file.state() == PcmState.PREPARED) {
            check(file.start());
        }
        if (done == frames && !draining) {
            check(file.drainStart());
            draining = true;
        }
    }

    /** From now on it is never too late, nor does it do anything. */
    void runOnWhateverHappens() {
        check(file.swParams(file.currentSwParams().withStopThreshold(file.geometry().boundary())));
    }

    private void transfer() {
        long left = frames - done;
        long before = done;
        if (left > 0) {
            long answer =
                    file.transfer(
                            (ring, ringOffset, userOffset, bytes) -> {
                                long at = file.params().bytes(before) + userOffset;
                                if (captures) {
                                    MemorySegment.copy(ring, ringOffset, samples, at, bytes);
                                } else {
                                    MemorySegment.copy(samples, at, ring, ringOffset, bytes);
                                }
                                return 0;
                            },
                            left);
            done += Math.max(0, answer);
        }
    }

    private static void check(int answer) {
        if (answer < 0) {
            throw new AssertionError("answer=" + answer);
        }
    }

    @Override
    public String toString() {
        return "stream "
                + stream.number()
                + " state="
                + file.state()
                + " done="
                + done
                + "/"
                + frames
                + " hw="
                + file.hwPtr();
    }
}
