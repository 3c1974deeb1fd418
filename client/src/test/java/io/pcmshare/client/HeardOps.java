package io.pcmshare.client;

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

/** Plays as the clock says, and keeps the first mebibyte of what was heard. */
final class HeardOps implements PcmOps {
    private final FrameCounter counter = new FrameCounter();
    private final byte[] heard = new byte[1 << 20];
    private int heardBytes;

    @Override
    public PcmHardware hardware() {
        int info = PcmInfoFlag.MMAP | PcmInfoFlag.MMAP_VALID | PcmInfoFlag.INTERLEAVED;
        long formats = PcmFormat.S16_LE.maskBit();
        int ringBytes = 1 << 20;
        return new PcmHardware(
                info, formats, List.of(), 8000, 48000, 1, 2, ringBytes, 64, ringBytes, 1, 1024, 0);
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
        int bytes = (int) Math.min(ring.params().bytes(frames), heard.length - heardBytes);
        MemorySegment.copy(ring.memory(), ValueLayout.JAVA_BYTE, offset, heard, heardBytes, bytes);
        heardBytes += bytes;
    }

    /** What was played until now; after the streams were closed. */
    byte[] heard() {
        return Arrays.copyOf(heard, heardBytes);
    }
}
