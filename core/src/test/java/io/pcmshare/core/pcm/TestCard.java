package io.pcmshare.core.pcm;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.params.PcmHardware;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Function;

/**
 * A card of one device with {@link TestOps}, at the recordings' rate of 8000 Hz, S16_LE, 2
 * channels.
 */
final class TestCard {
    static final int RATE = 8000;
    static final int FRAME_BYTES = 4;

    final ManualClock clock = new ManualClock();
    final Card card = new Card(0, "Test", "Test card", clock, new ArenaRegions());
    final PcmDevice device = card.addDevice("Test PCM", "Test PCM");

    /** With this many substreams each way, without PAUSE, as snd-dummy. */
    TestCard(int substreams) {
        this(substreams, 0);
    }

    TestCard(int substreams, int moreInfo) {
        PcmHardware hardware = dummy(moreInfo);
        for (int i = 0; i < substreams; i++) {
            device.addSubstream(PcmStream.PLAYBACK, new TestOps(hardware, false));
            device.addSubstream(PcmStream.CAPTURE, new TestOps(hardware, true));
        }
    }

    /** With one substream each way of another driver. */
    static TestCard of(Function<PcmHardware, PcmOps> driver, int moreInfo) {
        TestCard test = new TestCard(0);
        PcmHardware hardware = dummy(moreInfo);
        test.device.addSubstream(PcmStream.PLAYBACK, driver.apply(hardware));
        test.device.addSubstream(PcmStream.CAPTURE, driver.apply(hardware));
        return test;
    }

    /** snd-dummy's constraints. */
    static PcmHardware dummy(int moreInfo) {
        return new PcmHardware(
                PcmInfoFlag.MMAP
                        | PcmInfoFlag.MMAP_VALID
                        | PcmInfoFlag.INTERLEAVED
                        | PcmInfoFlag.RESUME
                        | moreInfo,
                PcmFormat.U8.maskBit() | PcmFormat.S16_LE.maskBit(),
                List.of(),
                5500,
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

    PcmFile open(PcmStream stream) {
        return open(stream, OpenFlags.RDWR_NONBLOCK, PcmDevice.ANY_SUBDEVICE);
    }

    PcmFile open(PcmStream stream, OpenFlags flags, int preferred) {
        try {
            return device.open(stream, flags, preferred);
        } catch (PcmOpenException e) {
            throw new AssertionError(e);
        }
    }

    /** Opened, configured and prepared. */
    PcmFile prepared(PcmStream stream, long periodSize, long bufferSize) {
        PcmFile file = open(stream);
        check(file.hwParams(params(PcmAccess.RW_INTERLEAVED, periodSize, bufferSize)));
        check(file.prepare());
        return file;
    }

    static HwParamSpace params(PcmAccess access, long periodSize, long bufferSize) {
        HwParamSpace space = new HwParamSpace();
        space.mask(HwParam.ACCESS, 1L << access.code());
        space.mask(HwParam.FORMAT, PcmFormat.S16_LE.maskBit());
        space.set(HwParam.CHANNELS, 2);
        space.set(HwParam.RATE, RATE);
        space.set(HwParam.PERIOD_SIZE, periodSize);
        space.set(HwParam.BUFFER_SIZE, bufferSize);
        return space;
    }

    static TestOps ops(PcmFile file) {
        return (TestOps) file.substream().ops();
    }

    /** Lets time pass without anybody looking. */
    void pass(long frames) {
        clock.advance(FrameTime.nanos(frames, RATE));
    }

    /** Writes frames whose bytes are all {@code value}, or reads frames away. */
    static long transfer(PcmFile file, long frames, int value) {
        boolean capture = file.substream().isCapture();
        return file.transfer(
                (ring, ringOffset, userOffset, bytes) -> {
                    if (!capture) {
                        ring.asSlice(ringOffset, bytes).fill((byte) value);
                    }
                    return 0;
                },
                frames);
    }

    static long transfer(PcmFile file, long frames) {
        return transfer(file, frames, 1);
    }

    /** The ring itself, as a client that mapped it. */
    static MemorySegment ring(PcmFile file) {
        Region data = file.memory().regions().data();
        if (data == null) {
            throw new AssertionError("no ring, state=" + file.state());
        }
        return data.memory();
    }

    static void check(long answer) {
        if (answer < 0) {
            throw new AssertionError("answer=" + answer);
        }
    }
}
