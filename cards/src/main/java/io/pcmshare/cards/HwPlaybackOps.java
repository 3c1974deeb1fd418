package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.TriggerCommand;

import org.jspecify.annotations.Nullable;

/**
 * Plays on a device of the machine, whose ring is a second one behind the client's: a frame leaves
 * the client's ring when it is written into the kernel's, up to {@link HwOutlet#leadFrames} before
 * it is heard, and what lies between counts as delay.
 *
 * <p>A stream that stops leaves what is in the kernel's ring to be heard; parameters that are
 * chosen anew wait for that, unless they are the same. Threads: under the card's lock, except
 * {@link #end()}. Audio path: allocates nothing; one {@code SYNC_PTR} a look, one {@code WRITEI}
 * for each piece.
 */
final class HwPlaybackOps extends HwOps {
    private final PcmNode node;
    private @Nullable HwOutlet outlet;
    private @Nullable LeadTime time;
    private @Nullable StreamParams configuredFor;
    private boolean running;
    private long startFrame;
    private long promisedFrame;
    private long nextFrame;
    private long framesBefore;

    HwPlaybackOps(PcmNode node, CardModel model) {
        super(node, model);
        this.node = node;
    }

    @Override
    public int hwParams(StreamParams params) {
        if (params.equals(configuredFor)) {
            return 0;
        }
        end();
        configuredFor = null;
        HwParamSpace space = new HwParamSpace();
        MixFormat format = new MixFormat(params.format(), params.channels(), params.rate());
        int answer = LeadSizes.choose(format, params.periodSize(), space, node::hwParams);
        if (answer < 0) {
            return answer;
        }
        long bufferSize = space.interval(HwParam.BUFFER_SIZE).value();
        answer = node.swParams(bufferSize, bufferSize);
        if (answer < 0) {
            return answer;
        }
        HwOutlet made =
                new HwOutlet(
                        node,
                        new StreamParams(
                                params.stream(),
                                PcmAccess.RW_INTERLEAVED,
                                params.format(),
                                params.channels(),
                                params.rate(),
                                space.interval(HwParam.PERIOD_SIZE).value(),
                                bufferSize,
                                false));
        outlet = made;
        time = new LeadTime(made);
        nextFrame = 0;
        configuredFor = params;
        return 0;
    }

    /** Waits until what was played has been heard; when parameters change or the machine ends. */
    void end() {
        if (node.sync() >= 0 && node.state() == PcmState.DRAINING) {
            // what it answers does not matter: then the next call fails
            var _ = node.drain(true);
        }
    }

    @Override
    public int prepare(StreamParams params) {
        framesBefore = 0;
        return 0;
    }

    @Override
    public int trigger(TriggerCommand command, long nowNanos) {
        LeadTime of = time;
        if (of == null) {
            return 0;
        }
        return switch (command) {
            case START, PAUSE_RELEASE, RESUME -> start(of, nowNanos);
            case STOP, PAUSE_PUSH, SUSPEND -> stop(of);
        };
    }

    private int start(LeadTime of, long nowNanos) {
        startFrame = of.frame(nowNanos);
        promisedFrame = startFrame;
        // while what was played before is heard yet, this waits
        int answer = node.state() == PcmState.DRAINING ? 0 : of.begin(nextFrame, nowNanos);
        running = answer >= 0;
        return answer;
    }

    private int stop(LeadTime of) {
        if (running) {
            running = false;
            framesBefore += promisedFrame - startFrame;
            // by itself, without anybody who waits: it answers that it would have to
            var _ = node.drain(false);
            var _ = node.sync();
            of.rewind(nextFrame);
        }
        return 0;
    }

    @Override
    public long moved(long nowNanos) {
        LeadTime of = time;
        if (!running || of == null) {
            return framesBefore;
        }
        long frame = of.frame(nowNanos);
        if (hasStopped(node.state())) {
            return framesBefore;
        }
        if (node.state() == PcmState.SETUP) {
            // what was played before was heard
            var _ = of.begin(nextFrame, nowNanos);
        }
        promisedFrame = frame;
        return framesBefore + promisedFrame - startFrame;
    }

    @Override
    public long nanosAt(long frames) {
        LeadTime of = time;
        return running && of != null
                ? of.nanosAt(startFrame + frames - framesBefore)
                : Long.MAX_VALUE;
    }

    @Override
    public long lookNanos() {
        LeadTime of = time;
        return running && of != null ? of.lookNanos() : Long.MAX_VALUE;
    }

    @Override
    public long queuedFrames() {
        LeadTime of = time;
        return running && of != null ? of.queuedFrames() : 0;
    }

    /** What the kernel does not take has come too late: the next look finds the xrun. */
    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        HwOutlet to = outlet;
        if (to != null) {
            var _ = to.play(ring, offsetFrames, frames);
            nextFrame += frames;
        }
    }
}
