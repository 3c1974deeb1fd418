package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.user.SegmentMemory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/** A program of the tests: a piece of memory, descriptors by number, virtual patience. */
final class TestCaller implements PcmCaller {
    /** Where its memory begins; nothing is below. */
    static final long BASE = 0x10000;

    /** An alarm of the recording program ends what waits for longer. */
    private static final long ALARM_NANOS = 1_500_000_000L;

    private static final long STEP_NANOS = 1_000_000L;

    final MemorySegment memory = Arena.ofAuto().allocate(1 << 18, 64);
    private final SegmentMemory user = new SegmentMemory(memory, BASE);
    private final CallScratch scratch = new CallScratch(Arena.ofAuto());
    private final Map<Integer, PcmFile> files = new HashMap<>();
    private final Queue<BlockingCall> ready = new ArrayDeque<>();
    private final boolean is32Bit;
    private long waitedNanos;

    @SuppressWarnings("NullAway.Init") // set before it is asked for
    private BlockingCall parked;

    TestCaller(boolean is32Bit) {
        this.is32Bit = is32Bit;
    }

    void install(int descriptor, PcmFile file) {
        files.put(descriptor, file);
    }

    /** How long the last call waited, card time. */
    long waitedNanos() {
        return waitedNanos;
    }

    /** Lets time pass until a call that waits is done, or an alarm comes. */
    long await(long answer, Card card, ManualClock clock) {
        waitedNanos = 0;
        long now = answer;
        while (now == BlockingCall.PENDING) {
            clock.advance(STEP_NANOS);
            waitedNanos += STEP_NANOS;
            card.tick();
            BlockingCall woken = ready.poll();
            if (woken != null) {
                now = woken.run();
            } else if (waitedNanos > ALARM_NANOS) {
                long early = parked.interrupt();
                // what the kernel makes of it for a handler without SA_RESTART
                now = early == BlockingCall.RESTART ? Errno.EINTR.negated() : early;
            }
        }
        ready.clear();
        return now;
    }

    /** Runs what may go on: its answer, or that it waits still. */
    long poll() {
        long answer = BlockingCall.PENDING;
        for (BlockingCall woken = ready.poll(); woken != null; woken = ready.poll()) {
            answer = woken.run();
        }
        return answer;
    }

    @Override
    public void parked(BlockingCall call) {
        parked = call;
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
        return files.get(descriptor);
    }

    @Override
    public long anonymousDup(PcmFile file, int mode, boolean january) {
        return Errno.EINVAL.negated();
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
    public void ready(BlockingCall call) {
        ready.add(call);
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
