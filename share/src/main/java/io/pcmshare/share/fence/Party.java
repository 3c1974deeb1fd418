package io.pcmshare.share.fence;

import io.pcmshare.abi.Errno;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/**
 * Somebody who signals fences and waits for those of others, one at a time: a thread. Waits of
 * parties for each other make a graph, and a wait that would close a circle in it is refused; who
 * waits by polling a descriptor waits where nobody sees it.
 *
 * <p>Threads: any; one lock for all, held for as long as the circle is looked for.
 */
public final class Party {
    private static final Object GRAPH = new Object();

    private final String name;
    private @Nullable Fence waitsFor;

    /** Somebody, by a name for people. */
    public Party(String name) {
        this.name = name;
    }

    /** Text for people. */
    public String name() {
        return name;
    }

    /**
     * Begins to wait, if that can ever end.
     *
     * @return false where the fence is this party's own to signal, or that of one who waits, by
     *     however many others, for this one: {@code EDEADLK}
     */
    public boolean beginWait(Fence fence) {
        synchronized (GRAPH) {
            if (leadsTo(this, fence, new HashSet<>())) {
                return false;
            }
            waitsFor = fence;
            return true;
        }
    }

    /** Waits no more. */
    public void endWait() {
        synchronized (GRAPH) {
            waitsFor = null;
        }
    }

    /** Whether it waits. */
    public boolean isWaiting() {
        synchronized (GRAPH) {
            return waitsFor != null;
        }
    }

    private static boolean leadsTo(Party searched, Fence fence, Set<Party> seen) {
        for (LeafFence leaf : fence.leaves()) {
            Party owner = leaf.owner();
            if (owner == null || leaf.isDone()) {
                continue;
            }
            if (owner == searched) {
                return true;
            }
            Fence next = owner.waitsFor;
            if (next != null && seen.add(owner) && leadsTo(searched, next, seen)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Waits for a fence.
     *
     * @param timeoutNanos at most so long
     * @return {@link Fence#status}, {@link Fence#PENDING} after the time; or negated {@code
     *     EDEADLK}, at once, where the wait would never end
     */
    public int await(Fence fence, long timeoutNanos) throws InterruptedException {
        if (!beginWait(fence)) {
            return Errno.EDEADLK.negated();
        }
        try {
            return fence.await(timeoutNanos);
        } finally {
            endWait();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
