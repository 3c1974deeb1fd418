package io.pcmshare.share.fence;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.FrameMark;
import io.pcmshare.core.pcm.FrameMarking;
import io.pcmshare.core.pcm.Substream;

/**
 * The fences of a stream: that its frames below a certain one were consumed, or captured. They are
 * signalled by the card's tick, which a fence brings forward to its frame; a stream that stops
 * before, fails them ({@code EPIPE} xrun, {@code ENODEV} card gone, else {@code ECANCELED}).
 *
 * <p>Fences for the same frame are one, so that asking again and again takes no memory. Threads:
 * any.
 */
public final class FrameTimeline {
    private final Substream substream;
    private final String name;

    /** The time-line of a substream, whether it is open now or not. */
    public FrameTimeline(Substream substream) {
        this.substream = substream;
        this.name =
                "pcmC%dD%d%c sub%d"
                        .formatted(
                                substream.card().number(),
                                substream.device().number(),
                                substream.isCapture() ? 'c' : 'p',
                                substream.number());
    }

    /** A fence that a mark signals. */
    private static final class FrameFence implements FrameMark {
        private final LeafFence fence;

        FrameFence(LeafFence fence) {
            this.fence = fence;
        }

        @Override
        public void reached() {
            var _ = fence.complete(Fence.SIGNALLED);
        }

        @Override
        public void lost(Errno why) {
            var _ = fence.complete(why.negated());
        }
    }

    /**
     * All frames below this one were consumed (playback) or captured.
     *
     * @param frame a pointer as {@code appl_ptr} and {@code hw_ptr} are, in {@code [0, boundary)};
     *     one up to half the boundary behind {@code hw_ptr} has been passed
     * @return refused with {@code EINVAL} for a pointer out of range, {@code ENOSPC} for more than
     *     {@link io.pcmshare.core.pcm.FrameLine#MOST_MARKS} frames at once, and where the stream
     *     cannot move as {@code HWSYNC} answers: {@code EBADFD}, {@code EPIPE}, {@code ESTRPIPE},
     *     {@code ENODEV}
     */
    public FenceResult at(long frame) {
        String text = "frame " + frame;
        return result(text, substream.frames().mark(frame, () -> pending(text)));
    }

    /**
     * What is under way now has ended: playback, everything written was consumed; capture, the
     * period that is being recorded is there. Signalled for a stream that does not move.
     */
    public FenceResult underWay() {
        String text = substream.isCapture() ? "next period" : "all written";
        return result(text, substream.frames().markUnderWay(() -> pending(text)));
    }

    private FrameFence pending(String text) {
        return new FrameFence(new LeafFence(text, name, null));
    }

    private static FenceResult result(String text, FrameMarking marking) {
        return switch (marking) {
            case FrameMarking.Passed() -> new FenceResult.Made(Fence.signalled(text));
            case FrameMarking.Refused(Errno errno) -> new FenceResult.Refused(errno);
            case FrameMarking.Waiting(FrameMark mark) ->
                    mark instanceof FrameFence made
                            ? new FenceResult.Made(made.fence)
                            // somebody else's mark: his to be told of, and ours to be refused
                            : new FenceResult.Refused(Errno.EBUSY);
        };
    }
}
