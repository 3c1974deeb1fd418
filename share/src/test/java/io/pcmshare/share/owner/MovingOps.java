package io.pcmshare.share.owner;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.core.clock.FrameCounter;
import io.pcmshare.core.params.PcmHardware;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.TriggerCommand;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/** Frames move as the clock says; keeps what was heard; records 5 in every byte. */
public final class MovingOps implements PcmOps {
    private final FrameCounter counter = new FrameCounter();
    private final boolean capture;
    private final byte[] heard = new byte[1 << 20];
    private int heardBytes;

    /** Of a device that records, or plays. */
    public MovingOps(boolean capture) {
        this.capture = capture;
    }

    @Override
    public PcmHardware hardware() {
        return new PcmHardware(
                PcmInfoFlag.MMAP | PcmInfoFlag.MMAP_VALID | PcmInfoFlag.INTERLEAVED,
                PcmFormat.S16_LE.maskBit(),
                List.of(),
                8000,
                48000,
                1,
                2,
                65536,
                64,
                65536,
                1,
                1024,
                0);
    }

    @Override
    public int prepare(StreamParams params) {
        counter.reset(params.rate());
        return 0;
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        if (command == TriggerCommand.START) {
            counter.start(nowNanos);
        } else {
            counter.stop(nowNanos);
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
        long offset = ring.params().bytes(offsetFrames);
        int bytes = (int) ring.params().bytes(frames);
        if (capture) {
            ring.memory().asSlice(offset, bytes).fill((byte) 5);
        } else if (heardBytes + bytes <= heard.length) {
            MemorySegment.copy(
                    ring.memory(), ValueLayout.JAVA_BYTE, offset, heard, heardBytes, bytes);
            heardBytes += bytes;
        }
    }

    /** Forgets what was heard. */
    public void forget() {
        heardBytes = 0;
    }

    /** What was played until now. */
    public byte[] heard() {
        return Arrays.copyOf(heard, heardBytes);
    }
}
