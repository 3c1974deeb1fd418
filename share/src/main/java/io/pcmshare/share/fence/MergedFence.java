package io.pcmshare.share.fence;

import io.pcmshare.sys.Clocks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several fences as one. It has no state of its own and nobody knows of it, so that one which is
 * dropped leaves nothing behind with those that it was merged of.
 */
final class MergedFence extends Fence {
    private final List<LeafFence> leaves;

    MergedFence(String name, List<LeafFence> leaves) {
        super(name);
        this.leaves = leaves;
    }

    @Override
    public int status() {
        int merged = SIGNALLED;
        for (int i = 0; i < leaves.size(); i++) {
            int status = leaves.get(i).status();
            if (status == PENDING) {
                return PENDING;
            }
            if (status < 0 && merged == SIGNALLED) {
                merged = status;
            }
        }
        return merged;
    }

    @Override
    List<LeafFence> leaves() {
        return leaves;
    }

    @Override
    public FenceWatch whenDone(Runnable listener) {
        AtomicInteger left = new AtomicInteger(leaves.size());
        List<FenceWatch> watches = new ArrayList<>();
        for (LeafFence leaf : leaves) {
            watches.add(
                    leaf.whenDone(
                            () -> {
                                if (left.decrementAndGet() == 0) {
                                    listener.run();
                                }
                            }));
        }
        return () -> watches.forEach(FenceWatch::close);
    }

    @Override
    public int await(long timeoutNanos) throws InterruptedException {
        long deadlineNanos = Clocks.monotonicNanos() + timeoutNanos;
        for (LeafFence leaf : leaves) {
            if (leaf.await(Math.max(0, deadlineNanos - Clocks.monotonicNanos())) == PENDING) {
                return PENDING;
            }
        }
        return status();
    }
}
