package io.pcmshare.share.buffer;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.share.fence.Fence;
import io.pcmshare.share.fence.FenceResult;
import io.pcmshare.share.fence.Party;
import io.pcmshare.share.owner.SharedRegion;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.FileId;
import io.pcmshare.sys.Udmabuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A ring that was exported: memory that devices and programs use at the same time. Kernel:
 * include/linux/dma-buf.h, {@code struct dma_buf}, with its reservation object.
 *
 * <p>Three kinds of use are known: devices whose ring it is, brackets that somebody has begun and
 * not ended, and fences that somebody has added. {@link #fence} is one of all of them; a bracket
 * that begins waits only for the fences that were added. A device waits for nobody: a ring is moved
 * by the clock. Owns a descriptor of the memory while somebody has the buffer. Threads: any.
 */
public final class ShareBuffer implements AutoCloseable {
    /** Fences that can be added before some of them are done. */
    public static final int MOST_FENCES = 1024;

    private final ShareBuffers all;
    private final FileId id;
    private final List<DeviceUse> devices = new ArrayList<>();
    private final List<Bracket> brackets = new ArrayList<>();
    private final List<Added> fences = new ArrayList<>();
    private @Nullable Fd memory;
    private long bytes;
    private int holders;

    /** A fence that was added to the buffer, as that of a reader or of a writer. */
    private record Added(Fence fence, BufferAccess access) {}

    ShareBuffer(ShareBuffers all, FileId id) {
        this.all = all;
        this.id = id;
    }

    /** Which memory it is, as every descriptor of it shows. */
    public FileId id() {
        return id;
    }

    /** How long it is: whole pages. */
    public long bytes() {
        synchronized (all) {
            return bytes;
        }
    }

    /** A descriptor of the memory, sealed; still the buffer's: sending duplicates it. */
    public Fd borrowFd() {
        synchronized (all) {
            return open();
        }
    }

    private Fd open() {
        Fd held = memory;
        if (held == null) {
            throw new IllegalStateException("buffer=" + id + " is closed");
        }
        return held;
    }

    /**
     * A real dma-buf of the memory, for devices that import one: the caller's.
     *
     * @throws ErrnoException as {@link Udmabuf#create}, where the machine has no udmabuf
     */
    public Fd dmaBuf() throws ErrnoException {
        synchronized (all) {
            return Udmabuf.create(open(), bytes);
        }
    }

    /** One more has it. */
    void take(SharedRegion ring) throws ErrnoException {
        if (memory == null) {
            memory = ring.borrowFd().reopen(Fd.O_RDWR);
            bytes = ring.borrowFd().size();
        }
        holders++;
    }

    void use(DeviceUse use) {
        devices.add(use);
    }

    boolean isUsedBy(Substream substream) {
        devices.removeIf(use -> !use.isCurrent());
        return devices.stream().anyMatch(use -> use.substream() == substream);
    }

    @Nullable DeviceUse attachmentOf(Substream substream) {
        for (DeviceUse use : devices) {
            if (use.attached() && use.isCurrent() && use.substream() == substream) {
                return use;
            }
        }
        return null;
    }

    /** A device's own ring goes on being the buffer's memory; another's is that no more. */
    void detached(DeviceUse use) {
        devices.remove(use);
        if (use.isCurrent()) {
            devices.add(new DeviceUse(use.substream(), use.region(), false));
        }
    }

    /**
     * Makes it the ring of a stream, which may be another one than it was exported from, on another
     * card, and may be running: nothing is copied. Chosen parameters stay; new ones detach it.
     *
     * @return 0; or negated {@code EBUSY} where that stream has a buffer attached, {@code EBADFD}
     *     before it has parameters, {@code EINVAL} where the buffer is shorter than its ring,
     *     {@code EPERM} for a stream that would record to memory that only another one may write,
     *     {@code ENODEV}, {@code ENOMEM}
     */
    public int attach(PcmFile file) {
        synchronized (all) {
            Substream substream = file.substream();
            if (all.attachmentOf(substream) != null) {
                return Errno.EBUSY.negated();
            }
            long needed = file.memory().ringBytes();
            if (needed == 0) {
                return Errno.EBADFD.negated();
            }
            if (needed > bytes) {
                return Errno.EINVAL.negated();
            }
            try {
                if (file.memory().regions().data() instanceof SharedRegion own
                        && own.borrowFd().id().equals(id)) {
                    devices.removeIf(use -> use.substream() == substream);
                    devices.add(new DeviceUse(substream, own, true));
                    return 0;
                }
                SharedRegion lent = SharedRegion.lend(open(), needed, substream.isCapture());
                int answer = file.memory().attachRing(lent);
                if (answer < 0) {
                    lent.close();
                } else {
                    devices.add(new DeviceUse(substream, lent, true));
                }
                return answer;
            } catch (ErrnoException e) {
                return -e.value();
            }
        }
    }

    /**
     * What one who is about to do this has to wait for: everything that is done with the buffer now
     * and that he would disturb. Kernel: {@code DMA_BUF_IOCTL_EXPORT_SYNC_FILE}.
     *
     * @return refused with {@code ENOSPC} where too many wait for frames of a device
     */
    public FenceResult fence(BufferAccess intended) {
        synchronized (all) {
            List<Fence> users = new ArrayList<>();
            for (DeviceUse use : devices) {
                if (use.isCurrent() && intended.waitsFor(use.access())) {
                    switch (use.underWay()) {
                        case FenceResult.Made(Fence fence) -> users.add(fence);
                        case FenceResult.Refused refused -> {
                            return refused;
                        }
                    }
                }
            }
            for (Bracket bracket : brackets) {
                if (intended.waitsFor(bracket.access())) {
                    users.add(bracket.end().fence());
                }
            }
            users.addAll(pending(intended));
            return new FenceResult.Made(Fence.merge("buffer", users));
        }
    }

    private List<Fence> pending(BufferAccess intended) {
        fences.removeIf(added -> added.fence().isDone());
        List<Fence> pending = new ArrayList<>();
        for (Added added : fences) {
            if (intended.waitsFor(added.access())) {
                pending.add(added.fence());
            }
        }
        return pending;
    }

    /**
     * Adds a fence, which whoever begins later waits for. Kernel: {@code
     * DMA_BUF_IOCTL_IMPORT_SYNC_FILE}.
     *
     * @param access what its owner does with the buffer until it is signalled
     * @return 0; or negated {@code ENOSPC} where {@link #MOST_FENCES} are pending
     */
    public int add(Fence fence, BufferAccess access) {
        synchronized (all) {
            fences.removeIf(added -> added.fence().isDone());
            if (fences.size() == MOST_FENCES) {
                return Errno.ENOSPC.negated();
            }
            fences.add(new Added(fence, access));
            return 0;
        }
    }

    /** The fences that {@link #begin} waits for, as one; {@code null} where there are none. */
    public @Nullable Fence toWaitFor(BufferAccess intended) {
        synchronized (all) {
            List<Fence> pending = pending(intended);
            return pending.isEmpty() ? null : Fence.merge("buffer", pending);
        }
    }

    /**
     * Begins, without waiting: from here to {@link #end} there is a fence of it, which fails if the
     * party is gone before.
     */
    public void begin(Party party, BufferAccess access) {
        synchronized (all) {
            Bracket open = find(party, access);
            if (holders == 0) {
                return; // given up while somebody waited to begin: nobody could end it
            }
            if (open == null) {
                brackets.add(new Bracket(party, access));
            } else {
                open.again();
            }
        }
    }

    /**
     * Waits for the fences that were added, then begins.
     *
     * @param timeoutNanos at most so long
     * @return 0; or negated {@code ETIME} after the time, {@code EDEADLK} where the wait would
     *     never end
     */
    public int begin(Party party, BufferAccess access, long timeoutNanos)
            throws InterruptedException {
        long deadlineNanos = Clocks.monotonicNanos() + timeoutNanos;
        Fence before = toWaitFor(access);
        if (before != null) {
            int status = party.await(before, deadlineNanos - Clocks.monotonicNanos());
            if (status == Errno.EDEADLK.negated()) {
                return status;
            }
            if (status == Fence.PENDING) {
                return Errno.ETIME.negated();
            }
        }
        begin(party, access);
        return 0;
    }

    /** Ends what was begun, and so signals its fence. False where nothing was. */
    public boolean end(Party party, BufferAccess access) {
        Bracket ended;
        synchronized (all) {
            ended = find(party, access);
            if (ended == null || !ended.leave()) {
                return ended != null;
            }
            brackets.remove(ended);
        }
        var _ = ended.end().signal();
        return true;
    }

    private @Nullable Bracket find(Party party, BufferAccess access) {
        for (Bracket bracket : brackets) {
            if (bracket.party() == party && bracket.access() == access) {
                return bracket;
            }
        }
        return null;
    }

    boolean isAccessedBy(Party party) {
        return brackets.stream().anyMatch(bracket -> bracket.party() == party);
    }

    void failBrackets(Party party) {
        brackets.removeIf(
                bracket -> {
                    boolean his = bracket.party() == party;
                    if (his) {
                        bracket.end().close();
                    }
                    return his;
                });
    }

    boolean isUnused() {
        devices.removeIf(use -> !use.isCurrent());
        return holders == 0 && devices.stream().noneMatch(DeviceUse::attached);
    }

    void free() {
        holders = 0;
        brackets.forEach(bracket -> bracket.end().close());
        brackets.clear();
        fences.clear();
        Fd held = memory;
        memory = null;
        if (held != null) {
            held.close();
        }
    }

    /**
     * One holder less. After the last one the memory lives on where it is mapped, attached or held
     * by another process; what was begun fails.
     */
    @Override
    public void close() {
        synchronized (all) {
            holders = Math.max(0, holders - 1);
            if (holders == 0) {
                free();
                all.prune();
            }
        }
    }
}
