package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;

/**
 * What a stream should do, as plainly as it can be said: the one table of states, and two counters
 * that never wrap. Frames come by {@link #pass}; the core sees them when it looks.
 */
final class ReferenceStream {
    private static final int EPIPE = Errno.EPIPE.negated();
    private static final int EAGAIN = Errno.EAGAIN.negated();
    private static final int EINVAL = Errno.EINVAL.negated();

    private final boolean capture;
    private final long bufferSize;
    private final long boundary;
    private PcmState state = PcmState.OPEN;
    private PcmState suspended = PcmState.OPEN;

    /** Where counter 0 stands in {@code [0, boundary)}. */
    private long origin;

    private long hw;
    private long appl;
    private long unseen;
    private long availMax;
    private long startThreshold;
    private long stopThreshold;
    private boolean everConfigured;

    ReferenceStream(boolean capture, long bufferSize, long boundary) {
        this.capture = capture;
        this.bufferSize = bufferSize;
        this.boundary = boundary;
    }

    PcmState state() {
        return state;
    }

    long hwPtr() {
        return Math.floorMod(origin + hw, boundary);
    }

    long applPtr() {
        return Math.floorMod(origin + appl, boundary);
    }

    long avail() {
        long avail = capture ? hw - appl : hw + bufferSize - appl;
        // who says that he is further ahead than the ring is long has an absurd amount of room
        return avail < 0 ? avail + boundary : avail;
    }

    long delay() {
        long delay = capture ? avail() : bufferSize - avail();
        return isRunning() ? delay : 0;
    }

    /** The largest {@code avail} since it was asked for last. */
    long takeAvailMax() {
        long largest = availMax;
        availMax = 0;
        return largest;
    }

    /** Both pointers are put somewhere before anything has moved. */
    void place(long ptr) {
        origin = ptr;
        hw = 0;
        appl = 0;
    }

    /** Time in which a running stream moves frames. */
    void pass(long frames) {
        unseen += isRunning() ? frames : 0;
    }

    private boolean isRunning() {
        return state == PcmState.RUNNING || (state == PcmState.DRAINING && !capture);
    }

    private int check(PcmAction action) {
        return action.check(state, capture);
    }

    /** Looks, if there is anything to see. */
    long look() {
        if (!isRunning() || unseen == 0) {
            return 0;
        }
        hw += unseen;
        unseen = 0;
        return judge();
    }

    private long judge() {
        long avail = avail();
        availMax = Long.compareUnsigned(avail, availMax) > 0 ? avail : availMax;
        boolean drains = state == PcmState.DRAINING;
        if (Long.compareUnsigned(avail, drains ? bufferSize : stopThreshold) < 0) {
            return 0;
        }
        state = drains ? PcmState.SETUP : PcmState.XRUN;
        return EPIPE;
    }

    long hwParams() {
        int answer = check(PcmAction.HW_PARAMS);
        if (answer == 0) {
            state = PcmState.SETUP;
            everConfigured = true;
            startThreshold = 1;
            stopThreshold = bufferSize;
        }
        return answer;
    }

    long hwFree() {
        int answer = check(PcmAction.HW_FREE);
        state = answer == 0 ? PcmState.OPEN : state;
        return answer;
    }

    long swParams(long start, long stop) {
        int answer = check(PcmAction.SW_PARAMS);
        if (answer < 0) {
            return answer;
        }
        startThreshold = start;
        stopThreshold = stop;
        return isRunning() ? judge() : 0;
    }

    long prepare() {
        int answer = check(PcmAction.PREPARE);
        if (answer == 0) {
            state = PcmState.PREPARED;
            unseen = 0;
            place(0);
        }
        return answer;
    }

    long reset() {
        int answer = check(PcmAction.RESET);
        if (answer == 0) {
            boolean goesOn = isRunning() && look() >= 0;
            place(goesOn ? hwPtr() % bufferSize : 0);
        }
        return answer;
    }

    long start() {
        int answer = check(PcmAction.START);
        boolean needsData = !capture && Long.compareUnsigned(stopThreshold, boundary) < 0;
        if (answer == 0 && needsData && avail() >= bufferSize) {
            return EPIPE;
        }
        state = answer == 0 ? PcmState.RUNNING : state;
        return answer;
    }

    long drop() {
        int answer = check(PcmAction.DROP);
        state = answer == 0 ? PcmState.SETUP : state;
        return answer;
    }

    long drain() {
        int answer = check(PcmAction.DRAIN);
        if (answer < 0) {
            return answer;
        }
        boolean moves = state == PcmState.RUNNING || state == PcmState.PAUSED;
        if (capture) {
            state = !moves ? state : avail() > 0 ? PcmState.DRAINING : PcmState.SETUP;
        } else if (moves || (state == PcmState.PREPARED && avail() < bufferSize)) {
            state = PcmState.DRAINING;
        } else if (state == PcmState.PREPARED || state == PcmState.XRUN) {
            state = PcmState.SETUP;
        }
        return 0;
    }

    long pause(boolean push) {
        if (!everConfigured) {
            return Errno.ENOSYS.negated();
        }
        int answer = check(push ? PcmAction.PAUSE_PUSH : PcmAction.PAUSE_RELEASE);
        if (answer == 0) {
            look();
            state = push ? PcmState.PAUSED : PcmState.RUNNING;
        }
        return answer;
    }

    long xrun() {
        int answer = check(PcmAction.XRUN);
        state = answer == 0 ? PcmState.XRUN : state;
        return answer;
    }

    long suspend() {
        if (check(PcmAction.SUSPEND) < 0) {
            return 0;
        }
        suspended = state;
        state = PcmState.SUSPENDED;
        return 1;
    }

    long resume() {
        int answer = check(PcmAction.RESUME);
        state = answer == 0 ? suspended : state;
        return answer;
    }

    long hwsync() {
        int answer = check(PcmAction.HWSYNC);
        return answer < 0 ? answer : look();
    }

    long forward(long frames) {
        return move(frames, 1);
    }

    long rewind(long frames) {
        return move(frames, -1);
    }

    private long move(long frames, int way) {
        long answer = frames == 0 ? 0 : hwsync();
        if (answer < 0 || frames == 0) {
            return answer;
        }
        long room = way > 0 ? avail() : bufferSize - avail();
        long moved = Math.max(0, Math.min(frames, room));
        appl += way * moved;
        return moved;
    }

    /** The client's own word for where it is; that nothing has changed it may always say. */
    long setAppl(long distance) {
        if (state == PcmState.OPEN && distance != 0) {
            return EINVAL;
        }
        appl += distance;
        return 0;
    }

    long transfer(long frames) {
        int answer = check(frames == 0 ? PcmAction.TRANSFER_NONE : PcmAction.TRANSFER);
        if (answer < 0 || frames == 0) {
            return answer;
        }
        if (state == PcmState.RUNNING) {
            look();
        }
        if (capture && state == PcmState.PREPARED && frames >= startThreshold) {
            start();
        }
        answer = check(PcmAction.TRANSFER);
        if (answer < 0) {
            return answer;
        }
        long done = 0;
        while (done < frames && avail() > 0) {
            long piece = Math.min(frames - done, bufferSize - applPtr() % bufferSize);
            piece = Math.min(piece, avail());
            appl += piece;
            done += piece;
            boolean starts = !capture && state == PcmState.PREPARED;
            if (starts && bufferSize - avail() >= startThreshold && start() < 0) {
                return done;
            }
        }
        if (done == frames) {
            judge();
        }
        return done == 0 ? EAGAIN : done;
    }
}
