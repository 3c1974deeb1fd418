package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A transfer whose client is in this process: it copies by itself. Under the card's lock. */
final class JavaTransfer implements FrameMover {
    private static final int EBADFD = Errno.EBADFD.negated();
    private static final int EINVAL = Errno.EINVAL.negated();

    private final PcmRuntime r;
    private final Transfer transfer;
    private @Nullable UserFrames user;
    private List<? extends @Nullable UserFrames> users = List.of();

    JavaTransfer(Substream s, PcmRuntime r) {
        this.r = r;
        this.transfer = new Transfer(s, r);
    }

    /** Interleaved frames; a count or a negated errno. */
    long now(UserFrames all, long frames) {
        StreamParams params = r.params;
        if (params == null || !params.isInterleaved()) {
            return params == null ? EBADFD : EINVAL;
        }
        user = all;
        long answer = transfer.now(this, frames);
        user = null;
        return answer;
    }

    /** The samples of each channel; a count or a negated errno. */
    long now(List<? extends @Nullable UserFrames> each, long frames) {
        StreamParams params = r.params;
        if (params == null || params.access().isInterleaved() || each.size() != params.channels()) {
            return params == null ? EBADFD : EINVAL;
        }
        users = each;
        long answer = transfer.now(this, frames);
        users = List.of();
        return answer;
    }

    @Override
    public int move(RingView ring, long ringFrame, long clientFrame, long frames) {
        StreamParams params = ring.params();
        UserFrames all = user;
        if (all != null) {
            long at = params.bytes(ringFrame);
            return all.copy(ring.memory(), at, params.bytes(clientFrame), params.bytes(frames));
        }
        for (int channel = 0; channel < users.size(); channel++) {
            int copied =
                    moveChannel(users.get(channel), ring, channel, ringFrame, clientFrame, frames);
            if (copied < 0) {
                return copied;
            }
        }
        return 0;
    }

    private static int moveChannel(
            @Nullable UserFrames one,
            RingView ring,
            int channel,
            long ringFrame,
            long clientFrame,
            long frames) {
        StreamParams params = ring.params();
        long at = ring.sampleOffset(channel, ringFrame);
        long bytes = params.sampleBytes(frames);
        if (one != null) {
            return one.copy(ring.memory(), at, params.sampleBytes(clientFrame), bytes);
        }
        if (params.stream() == io.pcmshare.abi.PcmStream.PLAYBACK) {
            Silence.fill(ring.memory(), at, bytes, params.format());
        }
        return 0;
    }
}
