package io.pcmshare.run.file;

import io.pcmshare.share.buffer.BufferAccess;
import io.pcmshare.share.buffer.ShareBuffer;
import io.pcmshare.share.buffer.ShareBuffers;
import io.pcmshare.share.fence.Party;
import io.pcmshare.sys.Epoll;
import io.pcmshare.sys.PidFd;
import io.pcmshare.sys.ProcTask;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The share buffers of the supervised programs, and the threads that use them: each is a party of
 * its own, and they go with their process. Owns the buffers and a pidfd of each process that has
 * begun to access one. Threads: one.
 */
public final class ShareDesk implements AutoCloseable {
    /** From so many of a process on those are forgotten that do nothing. */
    private static final int MANY_THREADS = 64;

    private final DirtyFiles dirty;
    private final Epoll epoll;
    private final LongSupplier nextWatch;
    private final ShareBuffers buffers = new ShareBuffers();
    private final Map<Integer, Holder> holders = new HashMap<>();
    private final Map<Long, Holder> watched = new HashMap<>();

    /** A process with an access of its own, by its threads. */
    private record Holder(int pid, PidFd process, long watch, Map<Integer, Party> threads) {}

    /**
     * One without buffers.
     *
     * @param dirty told of fences whose descriptors have something else to show
     * @param epoll tells when a process has ended
     * @param nextWatch the numbers with which it does
     */
    public ShareDesk(DirtyFiles dirty, Epoll epoll, LongSupplier nextWatch) {
        this.dirty = dirty;
        this.epoll = epoll;
        this.nextWatch = nextWatch;
    }

    ShareBuffers buffers() {
        return buffers;
    }

    DirtyFiles dirty() {
        return dirty;
    }

    /** A thread that accesses buffers. */
    Party party(int tid) throws IOException {
        Holder holder = holder(tid);
        if (holder.threads().size() >= MANY_THREADS) {
            holder.threads().values().removeIf(this::isIdle);
        }
        return holder.threads().computeIfAbsent(tid, t -> new Party("thread " + t));
    }

    /** One that neither accesses nor waits is made again when it comes back. */
    private boolean isIdle(Party party) {
        return !party.isWaiting() && !buffers.isAccessing(party);
    }

    private Holder holder(int tid) throws IOException {
        int pid = ProcTask.processOf(tid);
        Holder known = holders.get(pid);
        if (known != null) {
            return known;
        }
        PidFd process = PidFd.open(pid);
        long watch = nextWatch.getAsLong();
        try {
            epoll.add(process.fd(), Epoll.EPOLLIN, watch);
        } catch (IOException e) {
            process.close();
            throw e;
        }
        Holder holder = new Holder(pid, process, watch, new HashMap<>());
        holders.put(pid, holder);
        watched.put(watch, holder);
        return holder;
    }

    /** Ends what the thread has begun, or another of its process. */
    void end(int tid, ShareBuffer buffer, BufferAccess access) {
        Holder holder = holders.get(ProcTask.processOf(tid));
        if (holder == null) {
            return;
        }
        Party own = holder.threads().get(tid);
        if (own != null && buffer.end(own, access)) {
            return;
        }
        for (Party party : holder.threads().values()) {
            if (buffer.end(party, access)) {
                return;
            }
        }
    }

    /** Whether this was about a process of ours, which has ended: what it began has failed. */
    public boolean ended(long watch) {
        @Nullable Holder holder = watched.remove(watch);
        if (holder == null) {
            return false;
        }
        holders.remove(holder.pid());
        forget(holder);
        return true;
    }

    private void forget(Holder holder) {
        holder.threads().values().forEach(buffers::gone);
        try {
            epoll.del(holder.process().fd());
        } catch (IOException closing) {
            // the epoll forgets it with the descriptor
        }
        holder.process().close();
    }

    @Override
    public void close() {
        holders.values().forEach(this::forget);
        holders.clear();
        watched.clear();
        buffers.close();
    }
}
