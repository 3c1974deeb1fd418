package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;

/**
 * Moves {@code appl_ptr} without moving samples. Kernel: sound/core/pcm_native.c, snd_pcm_rewind(),
 * snd_pcm_forward(), pcm_lib_apply_appl_ptr(). Threads: under the card's lock.
 */
final class PointerMoves {
    private PointerMoves() {}

    static int set(PcmRuntime r, long applPtr) {
        if (applPtr == r.applPtr()) {
            return 0; // where it is already it may stay, before there are parameters, too
        }
        if (!r.geometry.isPointer(applPtr) || !r.isConfigured()) {
            return Errno.EINVAL.negated();
        }
        r.applPtr(applPtr);
        return 0;
    }

    /** At most what may be written or read. */
    static long forward(Substream s, long frames) {
        PcmRuntime r = s.runtime();
        int answer = frames == 0 ? 0 : sync(s, r);
        if (answer < 0 || frames == 0) {
            return answer;
        }
        long possible = possible(frames, Positions.avail(s, r));
        return move(r, r.geometry.advance(checked(r), possible), possible);
    }

    /** At most what is queued, or what there is room for. */
    static long rewind(Substream s, long frames) {
        PcmRuntime r = s.runtime();
        int answer = frames == 0 ? 0 : sync(s, r);
        if (answer < 0 || frames == 0) {
            return answer;
        }
        long possible = possible(frames, Positions.hwAvail(s, r));
        return move(r, r.geometry.retreat(checked(r), possible), possible);
    }

    /** Frames are unsigned, the limit is signed. */
    private static long possible(long frames, long most) {
        return most <= 0 || Long.compareUnsigned(frames, most) > 0 ? Math.max(0, most) : frames;
    }

    private static long move(PcmRuntime r, long applPtr, long frames) {
        int answer = set(r, applPtr);
        return answer < 0 ? answer : frames;
    }

    /** The client's pointer, or the hardware's where the client's is none. */
    private static long checked(PcmRuntime r) {
        long claimed = r.applPtr();
        return r.geometry.isPointer(claimed) ? claimed : r.hwPtr();
    }

    private static int sync(Substream s, PcmRuntime r) {
        int answer = PcmAction.HWSYNC.check(r.state(), s.isCapture());
        return answer < 0 ? answer : Positions.sync(s, r);
    }
}
