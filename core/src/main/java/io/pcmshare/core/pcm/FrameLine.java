package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The time-line of a substream, counted in frames, and who waits at which frame of it. Threads:
 * any; marks are told under the card's lock.
 *
 * <p>A mark brings the card's next tick to its frame, so that it is told when the frame has passed
 * and not at the end of the period that it lies in.
 */
public final class FrameLine {
    /** Frames that can be marked at the same time; who asks for more gets {@code ENOSPC}. */
    public static final int MOST_MARKS = 1024;

    private static final int FIRST_ROOM = 8;

    private final Substream substream;

    // the last one is the next to be reached, so that it is taken away without moving the others
    private long[] targets = new long[FIRST_ROOM];
    private FrameMark[] marks = new FrameMark[FIRST_ROOM];
    private int count;
    private final List<Counter> counters = new ArrayList<>(0);
    private long countedFrames;

    /** Counts what passes, and says how much may; called under the card's lock. */
    @FunctionalInterface
    public interface Counter {
        /** So many frames were played or recorded, whether or not the client asked to be woken. */
        void passed(long frames);

        /**
         * How many more frames may be heard or recorded; beyond them the stream moves on without a
         * sound, however late somebody is who ought to have ended it.
         */
        default long allowed() {
            return Long.MAX_VALUE;
        }
    }

    FrameLine(Substream substream) {
        this.substream = substream;
    }

    /**
     * Marks a frame.
     *
     * @param frame pointer in {@code [0, boundary)}; what lies up to half the boundary behind the
     *     hardware's pointer has passed
     * @param maker makes the mark, where none stands at that frame
     * @return {@code EINVAL} for a pointer out of range; {@code EBADFD}, {@code EPIPE}, {@code
     *     ESTRPIPE}, {@code ENODEV} where the stream does not move, as {@code HWSYNC} answers
     */
    public FrameMarking mark(long frame, Supplier<? extends FrameMark> maker) {
        synchronized (substream.card().lock()) {
            int answer = look();
            if (answer < 0) {
                return new FrameMarking.Refused(errno(answer));
            }
            PcmRuntime r = substream.runtime();
            return r.geometry.isPointer(frame)
                    ? mark(r, frame, maker)
                    : new FrameMarking.Refused(Errno.EINVAL);
        }
    }

    /**
     * Marks the end of the work that is under way: playback, everything written until now; capture,
     * the period that is being recorded.
     *
     * @return as {@link #mark}; a stream that does not move has nothing under way
     */
    public FrameMarking markUnderWay(Supplier<? extends FrameMark> maker) {
        synchronized (substream.card().lock()) {
            if (look() < 0) {
                return new FrameMarking.Passed();
            }
            PcmRuntime r = substream.runtime();
            StreamParams params = r.params;
            if (params == null) {
                return new FrameMarking.Passed();
            }
            if (!substream.isCapture()) {
                long applPtr = r.applPtr();
                return r.geometry.isPointer(applPtr)
                        ? mark(r, applPtr, maker)
                        : new FrameMarking.Passed();
            }
            if (r.state() != PcmState.RUNNING) {
                return new FrameMarking.Passed();
            }
            long period = params.periodSize();
            long left = period - r.movedFrames % period;
            return mark(r, r.geometry.advance(r.hwPtr(), left), maker);
        }
    }

    /** Tells somebody of all frames that pass from now on. */
    public void count(Counter counter) {
        synchronized (substream.card().lock()) {
            counters.add(counter);
        }
    }

    /** Tells him no more. */
    public void stopCounting(Counter counter) {
        synchronized (substream.card().lock()) {
            counters.remove(counter);
        }
    }

    /** Brings the position up to the clock: 0 or a negated errno. */
    private int look() {
        if (!substream.isBusy()) {
            return Errno.EBADFD.negated();
        }
        PcmRuntime r = substream.runtime();
        int answer = PcmAction.HWSYNC.check(r.state(), substream.isCapture());
        return answer < 0 ? answer : Positions.sync(substream, r);
    }

    private static Errno errno(int negated) {
        for (Errno errno : Errno.values()) {
            if (errno.negated() == negated) {
                return errno;
            }
        }
        throw new IllegalStateException("errno=" + negated);
    }

    private FrameMarking mark(PcmRuntime r, long frame, Supplier<? extends FrameMark> maker) {
        long ahead = r.geometry.captureAvail(frame, r.hwPtr());
        if (ahead == 0 || ahead > r.geometry.boundary() / 2) {
            return new FrameMarking.Passed();
        }
        long target = r.movedFrames + ahead;
        int at = count;
        while (at > 0 && targets[at - 1] < target) {
            at--;
        }
        if (at > 0 && targets[at - 1] == target) {
            return new FrameMarking.Waiting(marks[at - 1]);
        }
        if (count == MOST_MARKS) {
            return new FrameMarking.Refused(Errno.ENOSPC);
        }
        FrameMark made = maker.get();
        insert(at, target, made);
        substream.card().scheduleChanged();
        return new FrameMarking.Waiting(made);
    }

    void insert(int at, long target, FrameMark mark) {
        if (count == targets.length) {
            targets = Arrays.copyOf(targets, 2 * count);
            marks = Arrays.copyOf(marks, 2 * count);
        }
        System.arraycopy(targets, at, targets, at + 1, count - at);
        System.arraycopy(marks, at, marks, at + 1, count - at);
        targets[at] = target;
        marks[at] = mark;
        count++;
    }

    /** The next frame that somebody waits for, counted as {@link PcmRuntime#movedFrames}. */
    long nextTarget() {
        return count == 0 ? Long.MAX_VALUE : targets[count - 1];
    }

    /** How many of the next frames may be heard or recorded. Audio path. */
    long allowed() {
        long least = Long.MAX_VALUE;
        for (int i = counters.size() - 1; i >= 0; i--) {
            least = Math.min(least, counters.get(i).allowed());
        }
        return least;
    }

    /** Tells the marks that have been passed. Audio path. */
    void moved(long movedFrames) {
        long passed = movedFrames - countedFrames;
        countedFrames = movedFrames;
        for (int i = counters.size() - 1; i >= 0; i--) {
            counters.get(i).passed(passed);
        }
        while (count > 0 && targets[count - 1] <= movedFrames) {
            take().reached();
        }
    }

    /** The stream has stopped, in this state; while it drains it moves on. */
    void stopped(PcmState state) {
        if (state != PcmState.DRAINING) {
            lose(
                    switch (state) {
                        case XRUN -> Errno.EPIPE;
                        case DISCONNECTED -> Errno.ENODEV;
                        default -> Errno.ECANCELED;
                    });
        }
    }

    /** Tells all: the stream begins to count anew, or counts no more. */
    void lose(Errno why) {
        countedFrames = substream.isBusy() ? substream.runtime().movedFrames : 0;
        while (count > 0) {
            take().lost(why);
        }
    }

    private FrameMark take() {
        count--;
        return marks[count];
    }
}
