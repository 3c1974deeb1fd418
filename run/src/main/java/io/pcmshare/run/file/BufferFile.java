package io.pcmshare.run.file;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.DmaBufIoctl;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmMmap;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.core.user.UserMemory;
import io.pcmshare.share.owner.SharedRegion;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.FileId;
import io.pcmshare.sys.KernelLocks;
import io.pcmshare.sys.OfdLock;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A descriptor of a ring and nothing else: the memory itself, so that it works in any process. It
 * is a BUFFER dup of February 2019 or an exported share buffer. Owns the file that keeps the
 * substream.
 */
public final class BufferFile extends SoundFile {
    private static final long SYNC_FLAGS = 0x7;
    private static final long SYNC_ACCESS = 0x3;
    private static final int NAME_BYTES = 32;

    private final Kind kind;
    private final Memory memory;
    private final PcmFile file;
    private final PcmSound parent;

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

    /** What it is for. */
    public enum Kind {
        /** {@code anon_inode:snd-pcm-buf}: every ioctl is refused. */
        DUP,
        /** A dma-buf: brackets and a name. */
        SHARE_BUFFER
    }

    /**
     * Of a descriptor that is about to be given out.
     *
     * @param memory what its descriptors show; ours from now on
     * @param file keeps the substream; ours from now on
     */
    BufferFile(Opened opened, Kind kind, Memory memory, PcmFile file, PcmSound parent) {
        super(opened);
        this.kind = kind;
        this.memory = memory;
        this.file = file;
        this.parent = parent;
    }

    @Override
    public FileId id() {
        return memory.id();
    }

    /** Tells it from others of the same memory. */
    public long mark() {
        return memory.mark();
    }

    /** What it is for. */
    public Kind kind() {
        return kind;
    }

    /** The file of the core. */
    public PcmFile file() {
        return file;
    }

    /** The argument is never looked at, whatever it points to. */
    @Override
    public long ioctl(FileCaller caller, int request, long argument) {
        if (isGoneCard()) {
            return Errno.ENODEV.negated();
        }
        if (kind == Kind.DUP) {
            return Errno.ENOTTY.negated();
        }
        // the numbers are the same for 32-bit programs but that of the name, which has two
        DmaBufIoctl asked = DmaBufIoctl.of(request, DataModel.LP64);
        return switch (asked) {
            case SYNC -> sync(caller, argument);
            case SET_NAME_A, SET_NAME_B -> name(caller, argument);
            case EXPORT_SYNC_FILE, IMPORT_SYNC_FILE -> Errno.ENOTTY.negated();
            case null -> Errno.ENOTTY.negated();
        };
    }

    /** Kernel: drivers/dma-buf/dma-buf.c, dma_buf_ioctl(); all memory here is coherent. */
    private static long sync(FileCaller caller, long argument) {
        MemorySegment word = caller.word();
        if (caller.read(argument, word, 0, Long.BYTES) < 0) {
            return Errno.EFAULT.negated();
        }
        long flags = word.get(ValueLayout.JAVA_LONG, 0);
        boolean known = (flags & ~SYNC_FLAGS) == 0 && (flags & SYNC_ACCESS) != 0;
        return known ? 0 : Errno.EINVAL.negated();
    }

    /** A name for debugging, which is checked as the kernel does and shown nowhere. */
    private static long name(UserMemory memory, long argument) {
        MemorySegment copy = MemorySegment.ofArray(new byte[NAME_BYTES]);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocate(1);
            for (int i = 0; i < NAME_BYTES; i++) {
                if (memory.read(argument + i, one, 0, 1) < 0) {
                    return Errno.EFAULT.negated();
                }
                byte letter = one.get(ValueLayout.JAVA_BYTE, 0);
                copy.set(ValueLayout.JAVA_BYTE, i, letter);
                if (letter == 0) {
                    return 0;
                }
            }
            return Errno.EINVAL.negated();
        }
    }

    private boolean isGoneCard() {
        return file.state() == PcmState.DISCONNECTED;
    }

    @Override
    public long read(FileCaller caller, long address, long bytes) {
        return Errno.EINVAL.negated();
    }

    @Override
    public long write(FileCaller caller, long address, long bytes) {
        return Errno.EINVAL.negated();
    }

    @Override
    public long vector(FileCaller caller) {
        return Errno.EINVAL.negated();
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

    /** A descriptor of the ring like the first one: the caller's. */
    public Fd reopen() throws IOException {
        if (!(file.memory().regions().data() instanceof SharedRegion ring)) {
            throw new IOException("no ring");
        }
        return Swaps.open(ring.borrowFd(), opened().openFlags(), memory.mark());
    }

    /** A memory file is always ready, as it should be. */
    @Override
    public boolean refresh() {
        return false;
    }

    @Override
    boolean isKnownGone() {
        return false; // memory tells nobody; it has to be asked for
    }

    @Override
    boolean isGone(KernelLocks locks) {
        return !memory.isMarked(locks) && !parent.stream().isRingMapped();
    }

    @Override
    boolean isWatched() {
        return false;
    }

    @Override
    void release() {
        memory.unmarked().close();
        file.close();
    }
}
