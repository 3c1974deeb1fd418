package io.pcmshare.run.file;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmMmap;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.owner.SharedRegion;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.FileId;
import io.pcmshare.sys.KernelLocks;
import io.pcmshare.sys.OfdLock;

import java.io.IOException;

/**
 * A descriptor of a ring and nothing else, {@code anon_inode:snd-pcm-buf}: the BUFFER dup of
 * February 2019. Owns the file that keeps the substream.
 */
public final class BufferFile extends MemoryFile {
    private final Memory memory;
    private final PcmFile file;
    private final PcmSound parent;
    private final Permissions permissions;

    /**
     * Memory that was given out, and a mark on it. It outlives the ring that it was.
     *
     * @param id what descriptors of it show
     * @param unmarked our own, by which the kernel can be asked for the mark
     * @param mark of the open file that was given out
     */
    record Memory(FileId id, Fd unmarked, long mark) {
        /** Whether some program has it; the list can miss one. */
        boolean isMarked(KernelLocks locks) {
            return locks.isHeld(id, mark) || OfdLock.isMarkedOrUnknown(unmarked, mark);
        }
    }

    /**
     * Of a descriptor that is about to be given out.
     *
     * @param memory what its descriptors show; ours from now on
     * @param file keeps the substream; ours from now on
     */
    BufferFile(
            Opened opened, Memory memory, PcmFile file, PcmSound parent, Permissions permissions) {
        super(opened, memory.id(), memory.mark());
        this.memory = memory;
        this.file = file;
        this.parent = parent;
        this.permissions = permissions;
    }

    /** The file of the core. */
    public PcmFile file() {
        return file;
    }

    /** What it may do: map the ring. */
    public Permissions permissions() {
        return permissions;
    }

    /** Every one is refused; the argument is never looked at, whatever it points to. */
    @Override
    public long ioctl(FileCaller caller, int request, long argument) {
        return (isGoneCard() ? Errno.ENODEV : Errno.ENOTTY).negated();
    }

    private boolean isGoneCard() {
        return file.state() == PcmState.DISCONNECTED;
    }

    @Override
    public MapAnswer mmap(MapRequest request) {
        if (isGoneCard()) {
            return new MapAnswer.Refused(Errno.ENODEV.negated());
        }
        if (PcmMmap.kindOf(request.offset()) != RegionSource.Kind.DATA) {
            return new MapAnswer.Refused(Errno.EPERM.negated());
        }
        int answer = PcmMmap.check(file, request.offset(), request.length(), request.prot());
        if (answer < 0) {
            return new MapAnswer.Refused(answer);
        }
        if (!(file.memory().regions().data() instanceof SharedRegion ring)) {
            return new MapAnswer.Refused(Errno.EBADFD.negated());
        }
        try {
            Fd swap = Swaps.open(ring.borrowFd(), opened().openFlags());
            parent.stream().ringMapped(file.memory(), ring);
            return new MapAnswer.Granted(swap);
        } catch (IOException e) {
            return new MapAnswer.Refused(errnoOf(e));
        }
    }

    @Override
    public Fd reopen() throws IOException {
        if (!(file.memory().regions().data() instanceof SharedRegion ring)) {
            throw new IOException("no ring");
        }
        return Swaps.open(ring.borrowFd(), opened().openFlags(), memory.mark());
    }

    @Override
    boolean isGone(KernelLocks locks) {
        return !memory.isMarked(locks) && !parent.stream().isRingMapped();
    }

    @Override
    void release() {
        memory.unmarked().close();
        parent.ledger().released(opened(), file.substream(), permissions);
        file.close();
    }
}
