package io.pcmshare.core.pcm;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.abi.ProtocolVersion;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

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
    private static final int EINVAL = Errno.EINVAL.negated();
    private static final long INT_BYTES = Integer.BYTES;

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
        return dispatch(new IoctlCall(file, ioctl, argument, caller, model));
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
            case WRITEI_FRAMES, READI_FRAMES -> interleaved(call);
            case WRITEN_FRAMES, READN_FRAMES -> nonInterleaved(call);
            case LINK -> link(call);
            case UNLINK -> file.unlink();
            case ANONYMOUS_DUP -> anonymousDup(call, false);
            case ANONYMOUS_DUP_V1 -> anonymousDup(call, true);
            case DMABUF_EXPORT, DMABUF_ATTACH, DMABUF_DETACH -> shareBuffer(call);
        };
    }

    private static long timestampType(IoctlCall call) {
        long type = call.getInt();
        return type < Integer.MIN_VALUE
                ? Errno.EFAULT.negated()
                : FileCalls.tstampType(call.file(), (int) type);
    }

    private static long userVersion(IoctlCall call) {
        // asked for so that programs of later protocols could be told apart; nothing depends on it
        // yet
        return call.getInt() < Integer.MIN_VALUE ? Errno.EFAULT.negated() : 0;
    }

    private static long delay(IoctlCall call) {
        long answer = FileCalls.delay(call.file(), call.delayOut());
        return answer < 0 ? answer : call.putWord(call.delayOut()[0]);
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
        return new DrainCall(file.substream(), call.caller()).run();
    }

    /** REWIND and FORWARD hand the result back in the argument, failures too. */
    private static long move(IoctlCall call) {
        long frames = call.getWord();
        if (frames == IoctlCall.FAULT) {
            return Errno.EFAULT.negated();
        }
        boolean forward = call.ioctl() == PcmIoctl.FORWARD;
        long moved = forward ? call.file().forward(frames) : call.file().rewind(frames);
        long written = call.putWord(moved);
        return written < 0 ? written : Math.min(moved, 0);
    }

    private static long link(IoctlCall call) {
        PcmFile other = call.caller().file((int) call.argument());
        return other == null ? EBADFD : call.file().link(other);
    }

    private static long interleaved(IoctlCall call) {
        if (isWrongWay(call)) {
            return EINVAL;
        }
        PcmFile file = call.file();
        if (file.state() == PcmState.OPEN) {
            return EBADFD;
        }
        CallScratch.Views views = call.views();
        int copied = call.read(views.xferBytes());
        if (copied < 0) {
            return copied;
        }
        long buffer = views.xfer().buf();
        long frames = views.xfer().frames();
        TransferCall.ResultSink sink = result -> finishTransfer(call, result);
        int allowed = FileCalls.checkInterleaved(file);
        if (allowed < 0) {
            return sink.finish(allowed);
        }
        return FileCalls.startTransfer(file, call.caller(), buffer, frames, sink);
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

    /** {@code result} stands first in the struct; a 32-bit program is told successes only. */
    private static long finishTransfer(IoctlCall call, long result) {
        boolean told = result >= 0 || !call.caller().is32Bit();
        long written = told ? call.putWord(result) : 0;
        return written < 0 ? written : Math.min(result, 0);
    }

    /** No card of ours offers non-interleaved access, so this is what the kernel says then. */
    private static long nonInterleaved(IoctlCall call) {
        if (isWrongWay(call)) {
            return EINVAL;
        }
        if (call.file().state() == PcmState.OPEN) {
            return EBADFD;
        }
        return finishTransfer(call, EINVAL);
    }

    /**
     * Open first, install last; a number that cannot be handed over leaves no descriptor behind,
     * other than in the patches of 2019.
     */
    private static long anonymousDup(IoctlCall call, boolean january) {
        long mode = call.getInt();
        if (mode < Integer.MIN_VALUE) {
            return Errno.EFAULT.negated();
        }
        long descriptor = call.caller().anonymousDup(call.file(), (int) mode, january);
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
            long handed = call.getInt();
            if (handed < Integer.MIN_VALUE) {
                return Errno.EFAULT.negated();
            }
            descriptor = (int) handed;
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

    /** One ioctl: who asks what of which file. */
    record IoctlCall(
            PcmFile file, PcmIoctl ioctl, long argument, PcmCaller caller, DataModel model) {
        /** What {@link #getWord} answers when the memory is not there; no frame count. */
        static final long FAULT = Long.MIN_VALUE;

        CallScratch.Views views() {
            return caller.scratch().views(model);
        }

        MemorySegment memory() {
            return caller.scratch().argument;
        }

        long[] delayOut() {
            return caller.scratch().word;
        }

        int read(long bytes) {
            return caller.read(argument, memory(), 0, bytes);
        }

        int write(long bytes) {
            return caller.write(argument, memory(), 0, bytes);
        }

        /** An int, or something below every int when the memory is not there. */
        long getInt() {
            int copied = read(INT_BYTES);
            return copied < 0 ? FAULT : memory().get(ValueLayout.JAVA_INT, 0);
        }

        long putInt(int value) {
            memory().set(ValueLayout.JAVA_INT, 0, value);
            return write(INT_BYTES);
        }

        /** A long of the program, zero-extended; {@link #FAULT} when the memory is not there. */
        long getWord() {
            if (model == DataModel.LP64) {
                return read(Long.BYTES) < 0 ? FAULT : memory().get(ValueLayout.JAVA_LONG, 0);
            }
            long word = getInt();
            return word == FAULT ? FAULT : word & 0xFFFF_FFFFL;
        }

        /** Writes a long of the program at the argument's beginning. */
        long putWord(long value) {
            if (model != DataModel.LP64) {
                return putInt((int) value);
            }
            memory().set(ValueLayout.JAVA_LONG, 0, value);
            return write(Long.BYTES);
        }
    }
}
