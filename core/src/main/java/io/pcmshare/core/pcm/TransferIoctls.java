package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmStream;

import java.lang.foreign.MemorySegment;

/**
 * READI, WRITEI, READN, WRITEN, read(2) and write(2). READ and WRITE are one operation: the
 * stream's direction decides, for a 64-bit program. Kernel: sound/core/pcm_native.c, pcm_compat.c.
 */
final class TransferIoctls {
    private static final int EBADFD = Errno.EBADFD.negated();
    private static final int EINVAL = Errno.EINVAL.negated();

    /** With more, the kernel does not take a vector of buffers. */
    private static final int MOST_CHANNELS = 128;

    private TransferIoctls() {}

    static long interleaved(IoctlCall call) {
        PcmFile file = call.file();
        if (isWrongWay(call)) {
            return EINVAL;
        }
        TransferCall transfer = file.takeTransfer(call.caller());
        if (transfer == null) {
            return EBADFD;
        }
        CallScratch.Views views = call.views();
        long answer = call.read(views.xferBytes());
        if (answer == 0) {
            long address = views.xfer().buf();
            long frames = views.xfer().frames();
            transfer.resultTo(resultOf(call, false), call.argument());
            answer =
                    start(
                            transfer.interleaved(address),
                            checkInterleaved(transfer, address),
                            frames);
        }
        file.giveBack(transfer, answer);
        return answer;
    }

    static long nonInterleaved(IoctlCall call) {
        PcmFile file = call.file();
        if (isWrongWay(call)) {
            return EINVAL;
        }
        TransferCall transfer = file.takeTransfer(call.caller());
        if (transfer == null) {
            return EBADFD;
        }
        long answer = transfer.params().channels() > MOST_CHANNELS ? EINVAL : 0;
        CallScratch.Views views = call.views();
        if (answer == 0) {
            answer = call.read(views.xferBytes());
        }
        if (answer == 0) {
            long frames = views.xferN().frames();
            answer = readAddresses(call, views.xferN().bufs(), transfer);
            if (answer == 0) {
                transfer.resultTo(resultOf(call, true), call.argument());
                answer = start(transfer.nonInterleaved(), checkNonInterleaved(transfer), frames);
            }
        }
        file.giveBack(transfer, answer);
        return answer;
    }

    private static long start(TransferCall transfer, int allowed, long frames) {
        return allowed < 0 ? transfer.refuse(allowed) : transfer.start(frames);
    }

    /**
     * One address for each channel; what a 64-bit program's vector lacks leaves it a result of 0.
     */
    private static long readAddresses(IoctlCall call, long vector, TransferCall transfer) {
        int channels = transfer.params().channels();
        int wordBytes = call.model().longBytes();
        MemorySegment copy = call.scratch().samples;
        int copied = call.caller().read(vector, copy, 0, (long) channels * wordBytes);
        if (copied < 0) {
            if (!call.caller().is32Bit()) {
                call.putWord(0);
            }
            return copied;
        }
        for (int channel = 0; channel < channels; channel++) {
            transfer.channels().at(channel, call.word(copy, (long) channel * wordBytes));
        }
        return 0;
    }

    /** The kernel's 32-bit entry looks at the direction, the 64-bit one does not. */
    private static boolean isWrongWay(IoctlCall call) {
        if (!call.caller().is32Bit()) {
            return false;
        }
        boolean writes =
                call.ioctl() == PcmIoctl.WRITEI_FRAMES || call.ioctl() == PcmIoctl.WRITEN_FRAMES;
        return writes != (call.file().substream().stream() == PcmStream.PLAYBACK);
    }

    private static TransferCall.ResultPlace resultOf(IoctlCall call, boolean perChannel) {
        if (!call.caller().is32Bit()) {
            return TransferCall.ResultPlace.STRUCT_64;
        }
        return perChannel
                ? TransferCall.ResultPlace.STRUCT_32_AND_RETURN
                : TransferCall.ResultPlace.STRUCT_32;
    }

    /** Not a mapped stream of several channels; and nothing can be recorded to nowhere. */
    private static int checkInterleaved(TransferCall transfer, long address) {
        StreamParams params = transfer.params();
        boolean fits = params.access() == PcmAccess.RW_INTERLEAVED || params.channels() == 1;
        boolean nowhere = address == 0 && params.stream() == PcmStream.CAPTURE;
        return fits && !nowhere ? 0 : EINVAL;
    }

    private static int checkNonInterleaved(TransferCall transfer) {
        return transfer.params().access() == PcmAccess.RW_NONINTERLEAVED ? 0 : EINVAL;
    }

    /**
     * write(2) and read(2), which are transfers counted in bytes. Kernel: snd_pcm_write(),
     * snd_pcm_read(); the other direction's call does not exist.
     */
    static long bytes(PcmFile file, PcmCaller caller, long address, long bytes, boolean write) {
        if (write == file.substream().isCapture()) {
            return EINVAL;
        }
        TransferCall transfer = file.takeTransfer(caller);
        if (transfer == null) {
            return EBADFD;
        }
        int allowed = checkInterleaved(transfer, address);
        long answer = transfer.params().isWholeFrames(bytes) ? allowed : EINVAL;
        if (answer == 0) {
            transfer.resultTo(TransferCall.ResultPlace.BYTES, 0);
            answer = transfer.interleaved(address).start(transfer.params().frames(bytes));
        }
        file.giveBack(transfer, answer);
        return answer;
    }
}
