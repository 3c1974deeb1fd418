package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.SyncPtr;
import io.pcmshare.abi.SyncPtrFlag;
import io.pcmshare.abi.TstampType;

/** What the ioctls need of a file beyond what a Java program does. Takes the card's lock. */
final class FileCalls {
    private static final int EINVAL = Errno.EINVAL.negated();

    private FileCalls() {}

    private static Object lock(PcmFile file) {
        return file.substream().card().lock();
    }

    static int check(PcmFile file, PcmAction action) {
        synchronized (lock(file)) {
            Substream s = file.substream();
            return action.check(s.runtime().state(), s.isCapture());
        }
    }

    static boolean isRunning(PcmFile file) {
        synchronized (lock(file)) {
            return file.substream().runtime().isRunning(file.substream().isCapture());
        }
    }

    /** Kernel: snd_pcm_tstamp(). */
    static int tstampType(PcmFile file, int code) {
        TstampType type = TstampType.of(code);
        if (type == null) {
            return EINVAL;
        }
        synchronized (lock(file)) {
            file.substream().runtime().tstampType = type;
            return 0;
        }
    }

    /** Frames until one written now is heard, into the first place of {@code out}. */
    static int delay(PcmFile file, long[] out) {
        int answer = file.hwsync();
        if (answer < 0) {
            return answer;
        }
        synchronized (lock(file)) {
            out[0] = Positions.delay(file.substream(), file.substream().runtime());
            return 0;
        }
    }

    /** Whether READI and WRITEI are for this stream: not a mapped one of several channels. */
    static int checkInterleaved(PcmFile file) {
        synchronized (lock(file)) {
            StreamParams params = file.substream().runtime().params;
            if (params == null) {
                return Errno.EBADFD.negated();
            }
            boolean fits = params.access() == PcmAccess.RW_INTERLEAVED || params.channels() == 1;
            return fits ? 0 : EINVAL;
        }
    }

    /** Begins a transfer, which may have to wait; the substream's flag says whether it does. */
    static long startTransfer(
            PcmFile file,
            PcmCaller caller,
            long address,
            long frames,
            TransferCall.ResultSink sink) {
        TransferCall transfer;
        synchronized (lock(file)) {
            Substream s = file.substream();
            if (s.runtime().params == null) {
                return sink.finish(Errno.EBADFD.negated());
            }
            transfer = new TransferCall(s, caller, address, frames, s.nonblock(), sink);
        }
        return transfer.run();
    }

    /** Takes what SYNC_PTR sets, and shows the rest. Kernel: snd_pcm_sync_ptr(). */
    static int syncPointers(PcmFile file, int flags, long applPtr, long availMin, SyncPtr into) {
        synchronized (lock(file)) {
            PcmRuntime r = file.substream().runtime();
            if (r.state() == PcmState.DISCONNECTED) {
                return Errno.ENODEV.negated();
            }
            if ((flags & SyncPtrFlag.APPL) == 0) {
                int answer = PointerMoves.set(r, applPtr);
                if (answer < 0) {
                    return answer;
                }
            }
            if ((flags & SyncPtrFlag.AVAIL_MIN) == 0) {
                r.availMin(availMin);
            }
            into.applPtr(r.applPtr());
            into.availMin(r.availMin());
            PcmStructIoctls.fill(into, r);
            file.substream().card().scheduleChanged();
            return 0;
        }
    }

    /**
     * write(2) and read(2), which are transfers counted in bytes. Kernel: snd_pcm_write(),
     * snd_pcm_read(); the other direction's call does not exist.
     */
    static long bytes(PcmFile file, PcmCaller caller, long address, long bytes, boolean write) {
        if (write == file.substream().isCapture()) {
            return EINVAL;
        }
        StreamParams params;
        synchronized (lock(file)) {
            params = file.substream().runtime().params;
        }
        if (params == null) {
            return Errno.EBADFD.negated();
        }
        long frameBytes = params.bytes(1);
        if (bytes % frameBytes != 0) {
            return EINVAL;
        }
        int allowed = checkInterleaved(file);
        if (allowed < 0) {
            return allowed;
        }
        TransferCall.ResultSink sink = frames -> frames > 0 ? frames * frameBytes : frames;
        return startTransfer(file, caller, address, bytes / frameBytes, sink);
    }
}
