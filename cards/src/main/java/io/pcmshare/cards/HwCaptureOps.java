package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.TriggerCommand;

/**
 * Records from a device of the machine, with the parameters that the client chose. Threads: under
 * the card's lock. Audio path: allocates nothing; one {@code SYNC_PTR} a look, one {@code READI}
 * for each piece.
 */
final class HwCaptureOps extends HwOps {
    private final PcmNode node;
    private int rate = 1;
    private boolean running;
    private long preparedPtr;
    private long startedAt;
    private long movedFrames;
    private long lookedNanos;

    HwCaptureOps(PcmNode node, CardModel model) {
        super(node, model);
        this.node = node;
    }

    @Override
    public int hwParams(StreamParams params) {
        HwParamSpace space = new HwParamSpace();
        space.mask(HwParam.ACCESS, 1L << PcmAccess.RW_INTERLEAVED.code());
        space.mask(HwParam.FORMAT, params.format().maskBit());
        space.set(HwParam.CHANNELS, params.channels());
        space.set(HwParam.RATE, params.rate());
        space.set(HwParam.PERIOD_SIZE, params.periodSize());
        space.set(HwParam.BUFFER_SIZE, params.bufferSize());
        int answer = node.hwParams(space);
        if (answer >= 0) {
            rate = params.rate();
            answer = node.swParams(1, params.bufferSize());
        }
        return Math.min(answer, 0);
    }

    @Override
    public int prepare(StreamParams params) {
        movedFrames = 0;
        return 0;
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        return switch (command) {
            case START, PAUSE_RELEASE, RESUME -> start(nowNanos);
            case STOP, PAUSE_PUSH, SUSPEND -> {
                if (running) {
                    running = false;
                    var _ = node.drop(); // a device that has gone has stopped as well
                }
                yield 0;
            }
        };
    }

    private int start(long nowNanos) {
        int answer = node.prepare();
        if (answer >= 0) {
            answer = node.sync();
            preparedPtr = node.hwPtr();
        }
        if (answer >= 0) {
            answer = node.start();
        }
        if (answer >= 0) {
            running = true;
            startedAt = movedFrames;
            lookedNanos = nowNanos;
        }
        return Math.min(answer, 0);
    }

    @Override
    public long moved(long nowNanos) {
        if (running) {
            boolean known = node.sync() >= 0;
            if (!hasStopped(node.state()) && known) {
                movedFrames = Math.max(movedFrames, startedAt + node.hwPtr() - preparedPtr);
                lookedNanos = nowNanos;
            }
        }
        return movedFrames;
    }

    /** By the nominal rate from the last look on: a device's own clock differs a little. */
    @Override
    public long nanosAt(long frames) {
        return running && node.state() != PcmState.DISCONNECTED
                ? lookedNanos + FrameTime.nanos(Math.max(0, frames - movedFrames), rate)
                : Long.MAX_VALUE;
    }

    /**
     * What the device does not give is silence: it was lost in an xrun that the next look finds.
     */
    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        long read = Math.max(0, node.transfer(ring, offsetFrames, frames));
        ring.silence(offsetFrames + read, frames - read);
    }
}
