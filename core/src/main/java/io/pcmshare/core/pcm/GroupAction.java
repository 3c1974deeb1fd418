package io.pcmshare.core.pcm;

import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.TstampType;

/**
 * One action on one stream, in the three steps that let a linked group act as one: all are checked,
 * then all act, then all take their new state. Kernel: sound/core/pcm_native.c, {@code struct
 * action_ops}.
 */
interface GroupAction {
    /** Whether this stream can; 0 or a negated errno. */
    int check(Substream s, PcmRuntime r);

    /** Acts; 0 or a negated errno. */
    int act(Substream s, PcmRuntime r, long nowNanos);

    /** Takes the new state. */
    void finish(Substream s, PcmRuntime r, long nowNanos);

    /** Takes {@link #act} back because another member of the group failed. */
    default void undo(Substream s, PcmRuntime r, long nowNanos) {}

    /** Runs it on a stream and all that are linked to it, at one instant. */
    default int run(Substream master) {
        long nowNanos = master.card().clock().monotonicNanos();
        var members = master.group().members();
        for (int i = 0; i < members.size(); i++) {
            Substream s = members.get(i);
            int answer = check(s, s.runtime());
            if (answer < 0) {
                return answer;
            }
        }
        for (int i = 0; i < members.size(); i++) {
            Substream s = members.get(i);
            int answer = act(s, s.runtime(), nowNanos);
            if (answer < 0) {
                for (int done = i - 1; done >= 0; done--) {
                    Substream earlier = members.get(done);
                    undo(earlier, earlier.runtime(), nowNanos);
                }
                return answer;
            }
        }
        for (int i = 0; i < members.size(); i++) {
            Substream s = members.get(i);
            finish(s, s.runtime(), nowNanos);
        }
        return 0;
    }

    /**
     * Sets a state and takes the time of it, which is the action's: streams that act together show
     * one time, as far as their clock is the card's.
     */
    static void enter(Substream s, PcmRuntime r, PcmState state, long nowNanos) {
        r.state(state);
        r.triggerNanos = r.tstampType == TstampType.MONOTONIC ? nowNanos : s.timeOf(r.tstampType);
    }
}
