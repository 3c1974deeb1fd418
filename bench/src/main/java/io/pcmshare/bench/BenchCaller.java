package io.pcmshare.bench;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.core.pcm.BlockingCall;
import io.pcmshare.core.pcm.CallScratch;
import io.pcmshare.core.pcm.PcmCaller;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.user.SegmentMemory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A program in this process: 64 KiB of memory, no other descriptors. */
final class BenchCaller implements PcmCaller {
    static final long BASE = 0x10000;

    private final MemorySegment memory = Arena.ofAuto().allocate(1 << 16, 64);
    private final SegmentMemory user = new SegmentMemory(memory, BASE);
    private final CallScratch scratch = new CallScratch(Arena.ofAuto());

    MemorySegment memory() {
        return memory;
    }

    @Override
    public boolean is32Bit() {
        return false;
    }

    @Override
    public CallScratch scratch() {
        return scratch;
    }

    @Override
    public @Nullable PcmFile file(int descriptor) {
        return null;
    }

    @Override
    public long anonymousDup(PcmFile file, int mode, boolean january) {
        return Errno.EMFILE.negated();
    }

    @Override
    public void withdraw(long descriptor) {
        throw new IllegalStateException("descriptor=" + descriptor);
    }

    @Override
    public long shareBuffer(PcmFile file, PcmIoctl request, int descriptor) {
        return Errno.ENOTTY.negated();
    }

    @Override
    public void parked(BlockingCall call) {
        // nothing blocks here
    }

    @Override
    public void ready(BlockingCall call) {
        throw new IllegalStateException("nothing was parked");
    }

    @Override
    public int read(long address, MemorySegment into, long offset, long bytes) {
        return user.read(address, into, offset, bytes);
    }

    @Override
    public int write(long address, MemorySegment from, long offset, long bytes) {
        return user.write(address, from, offset, bytes);
    }
}
