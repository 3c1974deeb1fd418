package io.pcmshare.run.time;

import io.pcmshare.core.pcm.Lockstep;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.ProcTask;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/**
 * Time that moves when every program that was answered waits again: in a call of ours, or asleep in
 * another one. So the order of calls and instants is that of the programs, not that of the machine,
 * and the result is the same every time.
 *
 * <p>A program that stops for reasons of its own is waited for, for a while; then its stopping
 * counts as time. So does a program's that only the clock paces.
 */
public final class LockstepLoopTime implements LoopTime {
    /** How long a program may think before its thinking counts as time. */
    private static final long PATIENCE_NANOS = 20_000_000L;

    /** Within this most programs call again, and looking what they do costs as much. */
    private static final long GRACE_NANOS = 50_000L;

    private static final long STEP_NANOS = 1_000_000L;
    private static final long NOT_STUCK = -1;

    private final Lockstep lockstep;
    private final LongSupplier wallNanos;
    private final IntPredicate isRunning;
    private final Set<Integer> awake = new HashSet<>();
    private long answeredNanos;
    private long stuckNanos = NOT_STUCK;

    /** How much longer programs have made us wait than time has moved since. */
    private long owedNanos;

    /** Keeps the time of a lockstep. */
    public LockstepLoopTime(Lockstep lockstep) {
        this(lockstep, Clocks::monotonicNanos, ProcTask::isRunning);
    }

    /** The same by another wall clock, of threads that somebody else knows about. */
    LockstepLoopTime(Lockstep lockstep, LongSupplier wallNanos, IntPredicate isRunning) {
        this.lockstep = lockstep;
        this.wallNanos = wallNanos;
        this.isRunning = isRunning;
    }

    @Override
    public void answered(int tid) {
        awake.add(tid);
        long nowNanos = wallNanos.getAsLong();
        answeredNanos = nowNanos;
        unstuck(nowNanos);
    }

    @Override
    public void woken(int tid) {
        answered(tid);
    }

    @Override
    public void waits(int tid) {
        awake.remove(tid);
        unstuck(wallNanos.getAsLong());
    }

    private void unstuck(long nowNanos) {
        if (stuckNanos != NOT_STUCK) {
            owedNanos += nowNanos - stuckNanos;
            stuckNanos = NOT_STUCK;
        }
    }

    @Override
    public long advance() {
        long nowNanos = wallNanos.getAsLong();
        if (lockstep.nextTickNanos() == Long.MAX_VALUE) {
            stuckNanos = NOT_STUCK;
            owedNanos = 0;
            return NEVER;
        }
        if (!awake.isEmpty()) {
            long sinceNanos = nowNanos - answeredNanos;
            if (sinceNanos < GRACE_NANOS) {
                return GRACE_NANOS - sinceNanos;
            }
            awake.removeIf(tid -> !isRunning.test(tid));
            if (!awake.isEmpty() && sinceNanos < PATIENCE_NANOS) {
                return GRACE_NANOS;
            }
            awake.clear();
        }
        long beforeNanos = lockstep.nowNanos();
        if (lockstep.step()) {
            unstuck(nowNanos);
            owedNanos = Math.max(0, owedNanos - (lockstep.nowNanos() - beforeNanos));
            return 0;
        }
        return waitForProgram(nowNanos);
    }

    /**
     * It is a program's turn, and it does not come. What it makes us wait it owes, until time has
     * moved as far; what is owed for long is time that passes. So time is never slower than the
     * wall clock for a program that sleeps on its own.
     */
    private long waitForProgram(long nowNanos) {
        unstuck(nowNanos);
        stuckNanos = nowNanos;
        long patienceNanos = lockstep.isFreeRunning() ? STEP_NANOS : PATIENCE_NANOS;
        if (owedNanos < patienceNanos) {
            return patienceNanos - owedNanos;
        }
        lockstep.elapse(owedNanos);
        owedNanos = 0;
        return 0;
    }
}
