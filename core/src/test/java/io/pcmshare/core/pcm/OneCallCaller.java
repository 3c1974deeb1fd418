package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.core.user.SegmentMemory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A program with one call at a time, whose front end allocates nothing itself. */
final class OneCallCaller implements PcmCaller {
    private final MemorySegment memory = Arena.ofAuto().allocate(1 << 18, 64);
    private final SegmentMemory user = new SegmentMemory(memory, TestCaller.BASE);
    private final CallScratch scratch = new CallScratch(Arena.ofAuto());
    private final boolean is32Bit;
    private @Nullable BlockingCall woken;

    OneCallCaller(boolean is32Bit) {
        this.is32Bit = is32Bit;
    }

    MemorySegment memory() {
        return memory;
    }

    /** Runs the call that waited, which may go on by now, to its end. */
    long finish() {
        BlockingCall call = woken;
        if (call == null) {
            throw new AssertionError("nothing may go on");
        }
        woken = null;
        long answer = call.run();
        call.release();
        return answer;
    }

    @Override
    public boolean is32Bit() {
        return is32Bit;
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
        throw new AssertionError("descriptor=" + descriptor);
    }

    @Override
    public long shareBuffer(PcmFile file, PcmIoctl request, int descriptor) {
        return Errno.ENOTTY.negated();
    }

    @Override
    public void parked(BlockingCall call) {
        // its end is waited for, nobody interrupts it
    }

    @Override
    public void ready(BlockingCall call) {
        woken = call;
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
