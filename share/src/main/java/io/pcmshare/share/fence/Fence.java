package io.pcmshare.share.fence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Something that will have happened, once: frames were consumed, somebody has finished writing. It
 * is pending, then signalled or failed for ever. Kernel: include/linux/dma-fence.h.
 *
 * <p>Threads: any.
 */
public abstract sealed class Fence permits LeafFence, MergedFence {
    /** {@link #status} of one that has not happened. */
    public static final int PENDING = 0;

    /** {@link #status} of one that has. */
    public static final int SIGNALLED = 1;

    private final String name;

    Fence(String name) {
        this.name = name;
    }

    /** One that has happened already. */
    public static Fence signalled(String name) {
        LeafFence fence = new LeafFence(name, name, null);
        fence.complete(SIGNALLED);
        return fence;
    }

    /**
     * One that is signalled when all of these are, and failed then if one of them has failed. It
     * consists of the fences that those consist of; what was signalled before is left out.
     */
    public static Fence merge(String name, Collection<? extends Fence> fences) {
        Set<LeafFence> leaves = new LinkedHashSet<>();
        for (Fence fence : fences) {
            for (LeafFence leaf : fence.leaves()) {
                if (leaf.status() != SIGNALLED) {
                    leaves.add(leaf);
                }
            }
        }
        return leaves.isEmpty() ? signalled(name) : new MergedFence(name, List.copyOf(leaves));
    }

    /** Text for people. */
    public final String name() {
        return name;
    }

    /**
     * {@link #PENDING}, {@link #SIGNALLED}, or a negated errno: {@code EOWNERDEAD} where nobody is
     * left who could signal it. Kernel: dma_fence_get_status().
     */
    public abstract int status();

    /** Whether it waits no more. */
    public final boolean isDone() {
        return status() != PENDING;
    }

    /** What it consists of, for {@code SYNC_IOC_FILE_INFO}. */
    public final List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (LeafFence leaf : leaves()) {
            parts.add(leaf.part());
        }
        return parts;
    }

    /**
     * A fence that was not merged of others.
     *
     * @param timeline what it is a point of
     * @param status as {@link Fence#status}
     * @param doneNanos when it was signalled or failed, monotonic nanoseconds; 0 before
     */
    public record Part(String timeline, int status, long doneNanos) {}

    abstract List<LeafFence> leaves();

    /**
     * Calls somebody once when it is done, at once if it is. Whoever signals it calls, maybe under
     * a card's lock: so it must not wait, nor allocate where a card's audio path signals.
     *
     * @return to be closed by who is not interested any more
     */
    public abstract FenceWatch whenDone(Runnable listener);

    /**
     * Waits.
     *
     * @param timeoutNanos at most so long; 0 only looks
     * @return {@link #status}: {@link #PENDING} after the time
     */
    public abstract int await(long timeoutNanos) throws InterruptedException;

    @Override
    public final String toString() {
        return name + ", status=" + status();
    }
}
