package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
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

    /** Frames until one written now is heard, as the last look at the position left it. */
    static long delay(PcmFile file) {
        synchronized (lock(file)) {
            return Positions.delay(file.substream(), file.substream().runtime());
        }
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
}
