package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.UserFrames;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Opens streams and moves bytes through them. */
final class Streams {
    private Streams() {}

    static PcmFile open(PcmDevice device, io.pcmshare.abi.PcmStream stream, int number) {
        try {
            return device.open(stream, OpenFlags.RDWR_NONBLOCK, number);
        } catch (PcmOpenException e) {
            throw new AssertionError(e);
        }
    }

    static HwParamSpace params(
            PcmFormat format, int channels, int rate, long periodSize, long bufferSize) {
        HwParamSpace space = new HwParamSpace();
        space.mask(HwParam.FORMAT, format.maskBit());
        space.set(HwParam.CHANNELS, channels);
        space.set(HwParam.RATE, rate);
        space.set(HwParam.PERIOD_SIZE, periodSize);
        space.set(HwParam.BUFFER_SIZE, bufferSize);
        return space;
    }

    static PcmFile prepare(PcmFile file, HwParamSpace params) {
        check(file.hwParams(params));
        check(file.prepare());
        return file;
    }

    /** A client whose frames begin at a byte of an array. */
    static UserFrames from(byte[] user, int at) {
        return (ring, ringOffset, userOffset, bytes) -> {
            MemorySegment.copy(
                    user,
                    (int) (at + userOffset),
                    ring,
                    ValueLayout.JAVA_BYTE,
                    ringOffset,
                    (int) bytes);
            return 0;
        };
    }

    /** A client that reads into an array. */
    static UserFrames into(byte[] user, int at) {
        return (ring, ringOffset, userOffset, bytes) -> {
            MemorySegment.copy(
                    ring,
                    ValueLayout.JAVA_BYTE,
                    ringOffset,
                    user,
                    (int) (at + userOffset),
                    (int) bytes);
            return 0;
        };
    }

    static void check(long answer) {
        if (answer < 0) {
            throw new AssertionError("answer=" + answer);
        }
    }
}
