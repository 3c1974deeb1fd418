package io.pcmshare.core.pcm;

import io.pcmshare.core.clock.FrameCounter;
import io.pcmshare.core.params.PcmHardware;

/** A driver that moves frames as the clock says and looks at none of them. */
final class QuietOps implements PcmOps {
    private final PcmHardware hardware;
    private final FrameCounter counter = new FrameCounter();

    QuietOps(PcmHardware hardware) {
        this.hardware = hardware;
    }

    @Override
    public PcmHardware hardware() {
        return hardware;
    }

    @Override
    public int prepare(StreamParams params) {
        counter.reset(params.rate());
        return 0;
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        switch (command) {
            case START, PAUSE_RELEASE, RESUME -> counter.start(nowNanos);
            case STOP, PAUSE_PUSH, SUSPEND -> counter.stop(nowNanos);
        }
        return 0;
    }

    @Override
    public long moved(long nowNanos) {
        return counter.frames(nowNanos);
    }

    @Override
    public long nanosAt(long frames) {
        return counter.nanosAt(frames);
    }

    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        if (offsetFrames < 0 || frames <= 0 || offsetFrames + frames > ring.params().bufferSize()) {
            throw new AssertionError("offsetFrames=" + offsetFrames + ", frames=" + frames);
        }
    }
}
