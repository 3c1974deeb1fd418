package io.pcmshare.share.fence;

import io.pcmshare.abi.Errno;

/** The right to signal a fence. Closed while that is pending, it fails it: its owner is dead. */
public final class FenceSource implements AutoCloseable {
    private final LeafFence fence;

    /**
     * A pending fence.
     *
     * @param name text for people
     * @param timeline what it is a point of
     * @param owner who is going to signal it
     */
    public FenceSource(String name, String timeline, Party owner) {
        this.fence = new LeafFence(name, timeline, owner);
    }

    /** The fence, for whoever waits. */
    public Fence fence() {
        return fence;
    }

    /** It has happened. False where it was signalled or failed before. */
    public boolean signal() {
        return fence.complete(Fence.SIGNALLED);
    }

    /** It will never happen. False where it was signalled or failed before. */
    public boolean fail(Errno why) {
        return fence.complete(why.negated());
    }

    /** Fails it with {@code EOWNERDEAD} if it is pending. */
    @Override
    public void close() {
        var _ = fail(Errno.EOWNERDEAD);
    }
}
