package io.pcmshare.core.pcm;

import io.pcmshare.core.clock.FrameCounter;
import io.pcmshare.core.params.PcmHardware;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A driver without hardware: frames move as the clock says. Keeps what was played and what it was
 * told; records frame N as N in every byte.
 */
final class TestOps implements PcmOps {
    private final PcmHardware hardware;
    private final boolean capture;
    private final FrameCounter counter = new FrameCounter();
    private final byte[] heard = new byte[1 << 20];
    private int heardBytes;
    private long recordedFrames;
    final List<String> told = new ArrayList<>();

    TestOps(PcmHardware hardware, boolean capture) {
        this.hardware = hardware;
        this.capture = capture;
    }

    @Override
    public PcmHardware hardware() {
        return hardware;
    }

    @Override
    public void hwFree() {
        told.add("hwFree");
    }

    @Override
    public int prepare(StreamParams params) {
        told.add("prepare");
        counter.reset(params.rate());
        recordedFrames = 0;
        return 0;
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        told.add(command + "@" + nowNanos);
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
        long offset = ring.params().bytes(offsetFrames);
        int bytes = (int) ring.params().bytes(frames);
        if (!ring.isInterleaved()) {
            transferChannels(ring, offsetFrames, frames);
        } else if (capture) {
            int frameBytes = (int) ring.params().bytes(1);
            for (int i = 0; i < bytes; i++) {
                byte value = (byte) (recordedFrames + i / frameBytes);
                ring.memory().set(ValueLayout.JAVA_BYTE, offset + i, value);
            }
            recordedFrames += frames;
        } else if (heardBytes + bytes <= heard.length) {
            MemorySegment.copy(
                    ring.memory(), ValueLayout.JAVA_BYTE, offset, heard, heardBytes, bytes);
            heardBytes += bytes;
        }
    }

    /** The same sample by sample: heard are interleaved frames all the same. */
    private void transferChannels(RingView ring, long offsetFrames, long frames) {
        int channels = ring.params().channels();
        int sampleBytes = (int) ring.stepBytes();
        for (long frame = 0; frame < frames; frame++) {
            for (int channel = 0; channel < channels; channel++) {
                long at = ring.sampleOffset(channel, offsetFrames + frame);
                for (int i = 0; i < sampleBytes; i++) {
                    if (capture) {
                        byte value = (byte) (recordedFrames + frame + 100L * channel);
                        ring.memory().set(ValueLayout.JAVA_BYTE, at + i, value);
                    } else if (heardBytes < heard.length) {
                        heard[heardBytes++] = ring.memory().get(ValueLayout.JAVA_BYTE, at + i);
                    }
                }
            }
        }
        recordedFrames += frames;
    }

    @Override
    public void close() {
        told.add("close");
    }

    /** What was played until now, as far as it is kept. */
    byte[] heard() {
        return java.util.Arrays.copyOf(heard, heardBytes);
    }
}
