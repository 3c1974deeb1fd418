package io.pcmshare.cards;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;

/** A playback device of the machine as somebody of us feeds it. Threads: under the card's lock. */
final class HwOutlet implements Outlet {
    private static final int LOOKS_PER_LEAD = 4;

    private final PcmNode node;
    private final StreamParams params;
    private long preparedPtr;
    private long playedFrames;
    private long movedFrames;
    private long lookedNanos;

    /**
     * An outlet of a node that was configured.
     *
     * @param params what it was configured as
     */
    HwOutlet(PcmNode node, StreamParams params) {
        this.node = node;
        this.params = params;
    }

    /** What the node was configured as. */
    StreamParams params() {
        return params;
    }

    @Override
    public int rate() {
        return params.rate();
    }

    /** All of the kernel's ring, which was chosen to be short. */
    @Override
    public long leadFrames() {
        return params.bufferSize();
    }

    @Override
    public long lookFrames() {
        return Math.max(1, leadFrames() / LOOKS_PER_LEAD);
    }

    @Override
    public PcmState state() {
        return node.state();
    }

    @Override
    public long moved(long nowNanos) {
        int answer = node.sync();
        if (answer >= 0 && node.state() != PcmState.PREPARED) {
            movedFrames = Math.max(movedFrames, node.hwPtr() - preparedPtr);
        }
        lookedNanos = nowNanos;
        return movedFrames;
    }

    /** By the nominal rate from the last look on: a device's own clock differs a little. */
    @Override
    public long nanosAt(long frames) {
        PcmState state = node.state();
        boolean runs = state == PcmState.RUNNING || state == PcmState.DRAINING;
        return runs
                ? lookedNanos + FrameTime.nanos(Math.max(0, frames - movedFrames), rate())
                : Long.MAX_VALUE;
    }

    @Override
    public long playedFrames() {
        return playedFrames;
    }

    @Override
    public int prepare() {
        int answer = node.prepare();
        if (answer >= 0) {
            answer = node.sync();
        }
        preparedPtr = node.hwPtr();
        playedFrames = 0;
        movedFrames = 0;
        return answer;
    }

    /** Writes frames; answers 0 or a negated errno. */
    int play(RingView ring, long offsetFrames, long frames) {
        long answer = node.transfer(ring, offsetFrames, frames);
        playedFrames += Math.max(0, answer);
        if (answer < 0) {
            return (int) answer;
        }
        return answer < frames ? Errno.EAGAIN.negated() : 0;
    }
}
