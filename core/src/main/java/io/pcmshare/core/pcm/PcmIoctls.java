package io.pcmshare.core.pcm;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmFrameFence;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.ProtocolVersion;

import org.jspecify.annotations.Nullable;

/**
 * The ioctls of a PCM file, as the kernel answers them: arguments are copied once, judged on the
 * copy, and handed back as the kernel does. Kernel: sound/core/pcm_native.c,
 * snd_pcm_common_ioctl(); pcm_compat.c for 32-bit programs.
 *
 * <p>The program's memory is never touched under the card's lock: it may make us wait.
 */
final class PcmIoctls {
    private static final int ENOTTY = Errno.ENOTTY.negated();
    private static final int EBADFD = Errno.EBADFD.negated();

    private PcmIoctls() {}

    /** 0, a result, a negated errno, or {@link BlockingCall#PENDING}. */
    static long ioctl(PcmFile file, int request, long argument, PcmCaller caller) {
        if (file.state() == PcmState.DISCONNECTED) {
            return Errno.ENODEV.negated();
        }
        DataModel model = DataModel.LP64;
        @Nullable PcmIoctl ioctl;
        if (caller.is32Bit()) {
            PcmIoctl.Request32 found = PcmIoctl.of32(request);
            ioctl = found == null ? null : found.ioctl();
            model = found == null ? DataModel.ILP32 : found.model();
        } else {
            ioctl = PcmIoctl.of(request, model);
        }
        if (ioctl == null || !file.allowed().allows(ioctl)) {
            return ENOTTY;
        }
        return dispatch(caller.scratch().call.is(file, ioctl, argument, caller, model));
    }

    private static long dispatch(IoctlCall call) {
        PcmFile file = call.file();
        return switch (call.ioctl()) {
            case PVERSION -> call.putInt(ProtocolVersion.PCM);
            case INFO -> PcmStructIoctls.info(call);
            case TSTAMP -> 0; // the kernel takes any value and does nothing with it
            case TTSTAMP -> timestampType(call);
            case USER_PVERSION -> userVersion(call);
            case HW_REFINE -> PcmStructIoctls.hwParams(call, true);
            case HW_PARAMS -> PcmStructIoctls.hwParams(call, false);
            case HW_FREE -> file.hwFree();
            case SW_PARAMS -> PcmStructIoctls.swParams(call);
            case STATUS -> PcmStructIoctls.status(call, false);
            case STATUS_EXT -> PcmStructIoctls.status(call, true);
            case DELAY -> delay(call);
            case HWSYNC -> file.hwsync();
            case SYNC_PTR -> PcmStructIoctls.syncPtr(call);
            case CHANNEL_INFO -> PcmStructIoctls.channelInfo(call);
            case PREPARE -> file.prepare();
            case RESET -> file.reset();
            case START -> file.start();
            case DROP -> file.drop();
            case DRAIN -> drain(call);
            case PAUSE -> (int) call.argument() != 0 ? file.pause() : file.pauseRelease();
            case REWIND -> move(call);
            case FORWARD -> move(call);
            case RESUME -> file.resume();
            case XRUN -> file.xrun();
            case WRITEI_FRAMES, READI_FRAMES -> TransferIoctls.interleaved(call);
            case WRITEN_FRAMES, READN_FRAMES -> TransferIoctls.nonInterleaved(call);
            case LINK -> link(call);
            case UNLINK -> file.unlink();
            case ANONYMOUS_DUP -> anonymousDup(call, false);
            case ANONYMOUS_DUP_V1 -> anonymousDup(call, true);
            case DMABUF_EXPORT, DMABUF_ATTACH, DMABUF_DETACH -> shareBuffer(call);
            case FRAME_FENCE -> frameFence(call);
        };
    }

    private static long timestampType(IoctlCall call) {
        int copied = call.readInt();
        return copied < 0 ? copied : FileCalls.tstampType(call.file(), (int) call.number());
    }

    /** Asked for so that later protocols could tell programs apart; nothing depends on it yet. */
    private static long userVersion(IoctlCall call) {
        return call.readInt();
    }

    private static long delay(IoctlCall call) {
        int answer = call.file().hwsync();
        return answer < 0 ? answer : call.putWord(FileCalls.delay(call.file()));
    }

    /** DRAIN looks at the descriptor's O_NONBLOCK of this moment. */
    private static long drain(IoctlCall call) {
        PcmFile file = call.file();
        int allowed = FileCalls.check(file, PcmAction.DRAIN);
        if (allowed < 0) {
            return allowed;
        }
        if (file.flags().nonblock()) {
            int answer = file.drainStart();
            return answer < 0 ? answer : Errno.EAGAIN.negated();
        }
        if (file.substream().isCapture()) {
            return file.drainStart();
        }
        return new DrainCall(file, call.caller()).run();
    }

    /** REWIND and FORWARD hand the result back in the argument, failures too. */
    private static long move(IoctlCall call) {
        int copied = call.readWord();
        if (copied < 0) {
            return copied;
        }
        long frames = call.number();
        boolean forward = call.ioctl() == PcmIoctl.FORWARD;
        long moved = forward ? call.file().forward(frames) : call.file().rewind(frames);
        long written = call.putWord(moved);
        return written < 0 ? written : Math.min(moved, 0);
    }

    private static long link(IoctlCall call) {
        PcmFile other = call.caller().file((int) call.argument());
        return other == null ? EBADFD : call.file().link(other);
    }

    /**
     * Open first, install last; a number that cannot be handed over leaves no descriptor behind,
     * other than in the patches of 2019.
     */
    private static long anonymousDup(IoctlCall call, boolean january) {
        int copied = call.readInt();
        if (copied < 0) {
            return copied;
        }
        int mode = (int) call.number();
        long descriptor = call.caller().anonymousDup(call.file(), mode, january);
        if (descriptor < 0) {
            return descriptor;
        }
        long written = call.putInt((int) descriptor);
        if (written < 0) {
            call.caller().withdraw(descriptor);
            return written;
        }
        return 0;
    }

    private static long shareBuffer(IoctlCall call) {
        int descriptor = -1;
        if (call.ioctl() == PcmIoctl.DMABUF_ATTACH) {
            int copied = call.readInt();
            if (copied < 0) {
                return copied;
            }
            descriptor = (int) call.number();
        }
        long answer = call.caller().shareBuffer(call.file(), call.ioctl(), descriptor);
        if (answer < 0 || call.ioctl() != PcmIoctl.DMABUF_EXPORT) {
            return answer;
        }
        long written = call.putInt((int) answer);
        if (written < 0) {
            call.caller().withdraw(answer);
            return written;
        }
        return 0;
    }

    private static long frameFence(IoctlCall call) {
        long bytes = PcmFrameFence.LAYOUT.byteSize();
        PcmFrameFence fence = call.scratch().frameFence;
        // that the number can be handed over is made sure of before there is one
        if (call.read(bytes) < 0 || call.write(bytes) < 0) {
            return Errno.EFAULT.negated();
        }
        if (fence.flags() != 0) {
            return Errno.EINVAL.negated();
        }
        long frame = fence.frame();
        long descriptor = call.caller().frameFence(call.file(), frame);
        if (descriptor < 0) {
            return descriptor;
        }
        fence.frame(frame);
        fence.fd((int) descriptor);
        fence.flags(0);
        return call.write(bytes);
    }
}
