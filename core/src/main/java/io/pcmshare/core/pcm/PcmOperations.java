package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.TimerEvent;
import io.pcmshare.abi.TstampMode;

/**
 * The actions that change a stream's state. Kernel: sound/core/pcm_native.c.
 *
 * <p>Threads: under the card's lock.
 */
final class PcmOperations {
    private static final GroupAction START_RUNNING = new Start(PcmState.RUNNING);
    private static final GroupAction START_DRAINING = new Start(PcmState.DRAINING);
    private static final GroupAction STOP_SETUP = new Stop(PcmState.SETUP);
    private static final GroupAction STOP_XRUN = new Stop(PcmState.XRUN);
    private static final GroupAction STOP_DRAINING = new Stop(PcmState.DRAINING);
    private static final GroupAction STOP_DISCONNECTED = new Stop(PcmState.DISCONNECTED);
    private static final GroupAction PUSH = new Pause(true);
    private static final GroupAction RELEASE = new Pause(false);
    private static final GroupAction SUSPEND = new Suspend();
    private static final GroupAction RESUME = new Resume();
    private static final GroupAction PREPARE = new Prepare();
    private static final GroupAction RESET = new Reset();
    private static final GroupAction DRAIN_INIT = new DrainInit();

    private PcmOperations() {}

    static int start(Substream s) {
        return START_RUNNING.run(s);
    }

    /** Stops a stream and its group; {@code state} is what it is in then. */
    static int stop(Substream s, PcmState state) {
        return switch (state) {
            case XRUN -> {
                stampXrun(s);
                yield STOP_XRUN.run(s);
            }
            case DISCONNECTED -> STOP_DISCONNECTED.run(s);
            case SETUP -> STOP_SETUP.run(s);
            case DRAINING -> STOP_DRAINING.run(s);
            default -> throw new IllegalArgumentException("state=" + state);
        };
    }

    /** The last queued frame was heard: this stream stops, whatever it is linked to goes on. */
    static void drainDone(Substream s) {
        STOP_SETUP.finish(s, s.runtime(), stopAlone(s));
    }

    private static long stopAlone(Substream s) {
        long nowNanos = s.card().clock().monotonicNanos();
        STOP_SETUP.act(s, s.runtime(), nowNanos);
        return nowNanos;
    }

    private static void stampXrun(Substream s) {
        PcmRuntime r = s.runtime();
        if (r.tstampMode == TstampMode.ENABLE) {
            r.tstampNanos = s.timeOf(r.tstampType);
            r.statusPage.tstampNanos(r.tstampNanos);
        }
    }

    static int prepare(Substream s) {
        PcmRuntime r = s.runtime();
        int answer = PcmAction.PREPARE.check(r.state(), s.isCapture());
        if (answer < 0) {
            return answer;
        }
        if (r.state() == PcmState.PAUSED) {
            RELEASE.run(s);
            STOP_SETUP.run(s);
        } else if (r.state() == PcmState.SUSPENDED) {
            STOP_SETUP.run(s);
        }
        return PREPARE.run(s);
    }

    static int reset(Substream s) {
        return RESET.run(s);
    }

    static int drop(Substream s) {
        if (s.runtime().state() == PcmState.PAUSED) {
            RELEASE.run(s);
        }
        return STOP_SETUP.run(s);
    }

    /** Begins a drain; who wants to wait for its end parks a waiter. */
    static int drainInit(Substream s) {
        if (s.runtime().state() == PcmState.PAUSED) {
            RELEASE.run(s);
        }
        return DRAIN_INIT.run(s);
    }

    static int pause(Substream s, boolean push) {
        return (push ? PUSH : RELEASE).run(s);
    }

    /** The card is gone. Kernel: sound/core/pcm.c, snd_pcm_dev_disconnect(). */
    static void disconnect(Substream s) {
        PcmRuntime r = s.runtime();
        long nowNanos = s.card().clock().monotonicNanos();
        STOP_DISCONNECTED.act(s, r, nowNanos);
        STOP_DISCONNECTED.finish(s, r, nowNanos);
    }

    /**
     * The machine sleeps. Each stream for itself, because those that it is linked to may be in
     * states in which there is nothing to suspend, and sleep does not ask.
     */
    static int suspend(Substream s, long nowNanos) {
        return alone(SUSPEND, s, nowNanos);
    }

    static int resumeAlone(Substream s, long nowNanos) {
        return alone(RESUME, s, nowNanos);
    }

    private static int alone(GroupAction action, Substream s, long nowNanos) {
        PcmRuntime r = s.runtime();
        int answer = action.check(s, r);
        if (answer == 0) {
            answer = action.act(s, r, nowNanos);
        }
        if (answer == 0) {
            action.finish(s, r, nowNanos);
        }
        return answer;
    }

    static int resume(Substream s) {
        return RESUME.run(s);
    }

    private record Start(PcmState state) implements GroupAction {
        @Override
        public int check(Substream s, PcmRuntime r) {
            int answer = PcmAction.START.check(r.state(), s.isCapture());
            return answer == 0 && !hasData(s, r) ? Errno.EPIPE.negated() : answer;
        }

        /** Kernel: snd_pcm_playback_data(); who asked never to be stopped may start with none. */
        private static boolean hasData(Substream s, PcmRuntime r) {
            boolean neverStops = Long.compareUnsigned(r.stopThreshold, r.geometry.boundary()) >= 0;
            return s.isCapture() || neverStops || Positions.hwAvail(s, r) > 0;
        }

        @Override
        public int act(Substream s, PcmRuntime r, long nowNanos) {
            return s.ops().trigger(TriggerCommand.START, nowNanos);
        }

        @Override
        public void undo(Substream s, PcmRuntime r, long nowNanos) {
            s.ops().trigger(TriggerCommand.STOP, nowNanos);
        }

        @Override
        public void finish(Substream s, PcmRuntime r, long nowNanos) {
            r.startedMonotonicNanos = nowNanos;
            GroupAction.enter(s, r, state, nowNanos);
            if (!s.isCapture()) {
                SilenceFill.atStart(s, r);
            }
            s.observer().streamChanged(TimerEvent.MSTART);
            s.wake();
        }
    }

    private record Stop(PcmState state) implements GroupAction {
        @Override
        public int check(Substream s, PcmRuntime r) {
            return r.state() == PcmState.OPEN ? Errno.EBADFD.negated() : 0;
        }

        @Override
        public int act(Substream s, PcmRuntime r, long nowNanos) {
            if (r.isRunning(s.isCapture())) {
                s.ops().trigger(TriggerCommand.STOP, nowNanos);
            }
            return 0;
        }

        @Override
        public void finish(Substream s, PcmRuntime r, long nowNanos) {
            if (r.state() != state) {
                GroupAction.enter(s, r, state, nowNanos);
                s.observer().streamChanged(TimerEvent.MSTOP);
                if (state == PcmState.XRUN) {
                    s.countXrun();
                }
            }
            s.frames().stopped(state);
            s.wake();
        }
    }

    private record Pause(boolean push) implements GroupAction {
        @Override
        public int check(Substream s, PcmRuntime r) {
            if ((r.info & PcmInfoFlag.PAUSE) == 0) {
                return Errno.ENOSYS.negated();
            }
            PcmAction action = push ? PcmAction.PAUSE_PUSH : PcmAction.PAUSE_RELEASE;
            return action.check(r.state(), s.isCapture());
        }

        @Override
        public int act(Substream s, PcmRuntime r, long nowNanos) {
            if (push) {
                Positions.update(s, r, nowNanos);
                return s.ops().trigger(TriggerCommand.PAUSE_PUSH, nowNanos);
            }
            return s.ops().trigger(TriggerCommand.PAUSE_RELEASE, nowNanos);
        }

        @Override
        public void undo(Substream s, PcmRuntime r, long nowNanos) {
            s.ops()
                    .trigger(
                            push ? TriggerCommand.PAUSE_RELEASE : TriggerCommand.PAUSE_PUSH,
                            nowNanos);
        }

        @Override
        public void finish(Substream s, PcmRuntime r, long nowNanos) {
            GroupAction.enter(s, r, push ? PcmState.PAUSED : PcmState.RUNNING, nowNanos);
            s.observer().streamChanged(push ? TimerEvent.MPAUSE : TimerEvent.MCONTINUE);
            s.wake();
        }
    }

    private record Suspend() implements GroupAction {
        @Override
        public int check(Substream s, PcmRuntime r) {
            return PcmAction.SUSPEND.check(r.state(), s.isCapture());
        }

        @Override
        public int act(Substream s, PcmRuntime r, long nowNanos) {
            if (r.isRunning(s.isCapture())) {
                s.ops().trigger(TriggerCommand.SUSPEND, nowNanos);
            }
            return 0;
        }

        @Override
        public void finish(Substream s, PcmRuntime r, long nowNanos) {
            r.suspendedState(r.state());
            GroupAction.enter(s, r, PcmState.SUSPENDED, nowNanos);
            s.observer().streamChanged(TimerEvent.MSUSPEND);
            s.wake();
        }
    }

    private record Resume() implements GroupAction {
        @Override
        public int check(Substream s, PcmRuntime r) {
            int answer = PcmAction.RESUME.check(r.state(), s.isCapture());
            if (answer == 0 && (r.info & PcmInfoFlag.RESUME) == 0) {
                return Errno.ENOSYS.negated();
            }
            return answer;
        }

        @Override
        public int act(Substream s, PcmRuntime r, long nowNanos) {
            boolean moved =
                    r.suspendedState == PcmState.RUNNING
                            || (r.suspendedState == PcmState.DRAINING && !s.isCapture());
            return moved ? s.ops().trigger(TriggerCommand.RESUME, nowNanos) : 0;
        }

        @Override
        public void finish(Substream s, PcmRuntime r, long nowNanos) {
            GroupAction.enter(s, r, r.suspendedState, nowNanos);
            s.observer().streamChanged(TimerEvent.MRESUME);
        }
    }

    private record Prepare() implements GroupAction {
        @Override
        public int check(Substream s, PcmRuntime r) {
            return PcmAction.PREPARE.check(r.state(), s.isCapture());
        }

        @Override
        public int act(Substream s, PcmRuntime r, long nowNanos) {
            StreamParams params = r.params;
            if (params == null) {
                return Errno.EBADFD.negated();
            }
            int answer = s.ops().prepare(params);
            if (answer == 0) {
                r.movedFrames = 0;
                r.movedUnseen = false;
                Reset.rewindHardware(s, r, nowNanos);
            }
            return answer;
        }

        @Override
        public void finish(Substream s, PcmRuntime r, long nowNanos) {
            r.applPtr(r.hwPtr());
            r.state(PcmState.PREPARED);
            s.frames().lose(Errno.ECANCELED);
        }
    }

    private record Reset() implements GroupAction {
        @Override
        public int check(Substream s, PcmRuntime r) {
            return PcmAction.RESET.check(r.state(), s.isCapture());
        }

        @Override
        public int act(Substream s, PcmRuntime r, long nowNanos) {
            rewindHardware(s, r, nowNanos);
            return 0;
        }

        static void rewindHardware(Substream s, PcmRuntime r, long nowNanos) {
            boolean goesOn = r.isRunning(s.isCapture()) && Positions.update(s, r, nowNanos) >= 0;
            r.hwPtr(goesOn ? r.geometry.offset(r.hwPtr()) : 0);
            r.hwPtrWrap = 0;
            r.silenceStart = r.hwPtr();
            r.silenceFilled = 0;
        }

        @Override
        public void finish(Substream s, PcmRuntime r, long nowNanos) {
            r.applPtr(r.hwPtr());
            s.frames().lose(Errno.ECANCELED);
            if (!s.isCapture()) {
                SilenceFill.atStart(s, r);
            }
        }
    }

    /** Kernel: snd_pcm_do_drain_init(). */
    private record DrainInit() implements GroupAction {
        @Override
        public int check(Substream s, PcmRuntime r) {
            return PcmAction.DRAIN.check(r.state(), s.isCapture());
        }

        @Override
        public int act(Substream s, PcmRuntime r, long nowNanos) {
            if (s.isCapture()) {
                drainCapture(s, r, nowNanos);
                return 0;
            }
            switch (r.state()) {
                case PREPARED -> {
                    if (Positions.hwAvail(s, r) > 0) {
                        int answer = START_DRAINING.act(s, r, nowNanos);
                        if (answer < 0) {
                            return answer;
                        }
                        START_DRAINING.finish(s, r, nowNanos);
                    } else {
                        r.state(PcmState.SETUP);
                    }
                }
                case RUNNING -> r.state(PcmState.DRAINING);
                case XRUN -> r.state(PcmState.SETUP);
                default -> {
                    // SETUP, DRAINING: nothing to begin; PAUSED was released before
                }
            }
            return 0;
        }

        private static void drainCapture(Substream s, PcmRuntime r, long nowNanos) {
            if (r.state() == PcmState.RUNNING) {
                boolean waiting = Positions.avail(s, r) > 0;
                STOP_SETUP.act(s, r, nowNanos);
                GroupAction.enter(s, r, waiting ? PcmState.DRAINING : PcmState.SETUP, nowNanos);
                s.frames().lose(Errno.ECANCELED);
                s.wake();
            }
        }

        @Override
        public void finish(Substream s, PcmRuntime r, long nowNanos) {
            // act has set the state already, as each stream of a group may take another
        }
    }
}
