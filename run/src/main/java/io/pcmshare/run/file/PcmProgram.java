package io.pcmshare.run.file;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.core.pcm.BlockingCall;
import io.pcmshare.core.pcm.CallScratch;
import io.pcmshare.core.pcm.PcmCaller;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.share.fence.Fence;
import io.pcmshare.share.fence.FenceResult;
import io.pcmshare.share.fence.FrameTimeline;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/** A program that makes one call on a PCM file, as the core sees it. */
final class PcmProgram implements PcmCaller {
    private final PcmSound sound;
    private final FileCaller caller;
    private final long argument;
    private FileCaller.@Nullable Resumable waiting;

    PcmProgram(PcmSound sound, FileCaller caller, long argument) {
        this.sound = sound;
        this.caller = caller;
        this.argument = argument;
    }

    @Override
    public boolean is32Bit() {
        return caller.is32Bit();
    }

    @Override
    public CallScratch scratch() {
        return caller.scratch();
    }

    @Override
    public @Nullable PcmFile file(int descriptor) {
        return caller.file(descriptor) instanceof PcmSound other ? other.file() : null;
    }

    /**
     * Open first, install last; and before that it is made sure that the number can be handed over,
     * because a descriptor cannot be taken back out of a program.
     */
    @Override
    public long anonymousDup(PcmFile file, int mode, boolean january) {
        if (!canStoreInt()) {
            return Errno.EFAULT.negated();
        }
        return Dups.make(sound, caller, mode, january);
    }

    private boolean canStoreInt() {
        MemorySegment word = caller.word();
        return caller.read(argument, word, 0, Integer.BYTES) >= 0
                && caller.write(argument, word, 0, Integer.BYTES) >= 0;
    }

    /** Cannot be: that the number can be written was tried before it was made. */
    @Override
    public void withdraw(long descriptor) {}

    @Override
    public long shareBuffer(PcmFile file, PcmIoctl request, int descriptor) {
        if (request == PcmIoctl.DMABUF_EXPORT && !canStoreInt()) {
            return Errno.EFAULT.negated();
        }
        return switch (request) {
            case DMABUF_EXPORT -> ShareFiles.export(sound, caller);
            case DMABUF_ATTACH -> ShareFiles.attach(sound, caller, descriptor);
            default -> ShareFiles.detach(sound, caller);
        };
    }

    @Override
    public long frameFence(PcmFile file, long frame) {
        return switch (new FrameTimeline(file.substream()).at(frame)) {
            case FenceResult.Refused(Errno errno) -> errno.negated();
            case FenceResult.Made(Fence fence) -> FenceSound.open(caller, fence, sound.opened());
        };
    }

    @Override
    public void parked(BlockingCall call) {
        if (waiting == null) { // it may park again and again
            waiting = sound.parked(caller, call);
        }
    }

    @Override
    public void ready(BlockingCall call) {
        if (waiting != null) {
            caller.ready(waiting);
        }
    }

    @Override
    public int read(long address, MemorySegment into, long offset, long bytes) {
        return caller.read(address, into, offset, bytes);
    }

    @Override
    public int write(long address, MemorySegment from, long offset, long bytes) {
        return caller.write(address, from, offset, bytes);
    }
}
