package io.pcmshare.run.file;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.DmaBufIoctl;
import io.pcmshare.abi.DmaBufSyncFile;
import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.BlockingCall;
import io.pcmshare.core.user.UserMemory;
import io.pcmshare.share.buffer.BufferAccess;
import io.pcmshare.share.buffer.ShareBuffer;
import io.pcmshare.share.fence.Fence;
import io.pcmshare.share.fence.FenceResult;
import io.pcmshare.share.fence.FenceWatch;
import io.pcmshare.share.fence.Party;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.FileId;
import io.pcmshare.sys.KernelLocks;
import io.pcmshare.sys.OfdLock;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A descriptor of a share buffer: {@code /dmabuf:}. Its memory is all that is behind it, so it
 * outlives the stream that it was exported from; brackets and fences are ours. Owns one hold on the
 * buffer. Kernel: drivers/dma-buf/dma-buf.c, dma_buf_ioctl(). Threads: one.
 */
public final class ShareFile extends MemoryFile {
    private static final long SYNC_END = 4;
    private static final long SYNC_FLAGS = BufferAccess.FLAGS | SYNC_END;
    private static final int NAME_BYTES = 32;
    private static final long PAGE = 4096;

    /** A list of locks can miss one; it does not miss the same one time after time. */
    private static final int TIMES_MISSED = 4;

    private final ShareBuffer buffer;
    private final boolean isDmaBuf;
    private int missed;

    /**
     * Of a descriptor that is about to be given out.
     *
     * @param id what it shows
     * @param isDmaBuf whether it is a dma-buf of the kernel, made of the memory
     * @param buffer one hold on it is ours from now on
     */
    ShareFile(Opened opened, FileId id, long mark, boolean isDmaBuf, ShareBuffer buffer) {
        super(opened, id, mark);
        this.isDmaBuf = isDmaBuf;
        this.buffer = buffer;
    }

    ShareBuffer buffer() {
        return buffer;
    }

    @Override
    public long ioctl(FileCaller caller, int request, long argument) {
        // the numbers are the same for 32-bit programs but that of the name, which has two
        DmaBufIoctl asked = DmaBufIoctl.of(request, DataModel.LP64);
        return switch (asked) {
            case SYNC -> sync(caller, argument);
            case SET_NAME_A, SET_NAME_B -> name(caller, argument);
            case EXPORT_SYNC_FILE -> exportFence(caller, argument);
            case IMPORT_SYNC_FILE -> importFence(caller, argument);
            case null -> Errno.ENOTTY.negated();
        };
    }

    private long sync(FileCaller caller, long argument) {
        MemorySegment word = caller.word();
        if (caller.read(argument, word, 0, Long.BYTES) < 0) {
            return Errno.EFAULT.negated();
        }
        long flags = word.get(ValueLayout.JAVA_LONG, 0);
        if ((flags & ~SYNC_FLAGS) != 0 || (flags & BufferAccess.FLAGS) == 0) {
            return Errno.EINVAL.negated();
        }
        BufferAccess access = BufferAccess.of(flags);
        if ((flags & SYNC_END) != 0) {
            caller.shares().end(caller.tid(), buffer, access);
            return 0; // an end without a beginning does nothing, as on the kernel
        }
        try {
            return begin(caller, caller.shares().party(caller.tid()), access);
        } catch (IOException e) {
            return errnoOf(e);
        }
    }

    /** Memory is coherent here; what the kernel waits for as well are the fences. */
    private long begin(FileCaller caller, Party party, BufferAccess access) {
        Fence before = buffer.toWaitFor(access);
        if (before == null) {
            buffer.begin(party, access);
            return 0;
        }
        if (!party.beginWait(before)) {
            return Errno.EDEADLK.negated();
        }
        Begin waiting = new Begin(party, access, before);
        caller.park(waiting);
        waiting.watch = before.whenDone(() -> caller.ready(waiting));
        return FileCaller.PENDING;
    }

    /** A name for debugging, which is checked as the kernel does and shown nowhere. */
    private static long name(UserMemory memory, long argument) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocate(1);
            for (int i = 0; i < NAME_BYTES; i++) {
                if (memory.read(argument + i, one, 0, 1) < 0) {
                    return Errno.EFAULT.negated();
                }
                if (one.get(ValueLayout.JAVA_BYTE, 0) == 0) {
                    return 0;
                }
            }
            return Errno.EINVAL.negated();
        }
    }

    private long exportFence(FileCaller caller, long argument) {
        MemorySegment word = caller.word();
        DmaBufSyncFile asked = new DmaBufSyncFile(word);
        if (caller.read(argument, word, 0, Long.BYTES) < 0) {
            return Errno.EFAULT.negated();
        }
        int flags = asked.flags();
        if ((flags & ~BufferAccess.FLAGS) != 0 || flags == 0) {
            return Errno.EINVAL.negated();
        }
        // made sure of before, because a descriptor cannot be taken back out of a program
        if (caller.write(argument, word, 0, Long.BYTES) < 0) {
            return Errno.EFAULT.negated();
        }
        return switch (buffer.fence(BufferAccess.of(flags))) {
            case FenceResult.Refused(Errno errno) -> errno.negated();
            case FenceResult.Made(Fence fence) -> {
                long number = FenceSound.open(caller, fence, opened());
                if (number < 0) {
                    yield number;
                }
                asked.flags(flags);
                asked.fd((int) number);
                yield caller.write(argument, word, 0, Long.BYTES);
            }
        };
    }

    private long importFence(FileCaller caller, long argument) {
        MemorySegment word = caller.word();
        DmaBufSyncFile asked = new DmaBufSyncFile(word);
        if (caller.read(argument, word, 0, Long.BYTES) < 0) {
            return Errno.EFAULT.negated();
        }
        int flags = asked.flags();
        if ((flags & ~BufferAccess.FLAGS) != 0 || flags == 0) {
            return Errno.EINVAL.negated();
        }
        return caller.file(asked.fd()) instanceof FenceSound sound
                ? buffer.add(sound.fence(), BufferAccess.of(flags))
                : Errno.EINVAL.negated();
    }

    /** The kernel maps what the descriptor is; beyond its end a memory file would fault. */
    @Override
    public MapAnswer mmap(MapRequest request) {
        long pages = Math.ceilDiv(request.length(), PAGE);
        long all = buffer.bytes() / PAGE;
        boolean fits =
                request.offset() >= 0
                        && request.offset() % PAGE == 0
                        && pages > 0
                        && pages <= all
                        && request.offset() / PAGE <= all - pages;
        return fits ? new MapAnswer.Itself() : new MapAnswer.Refused(Errno.EINVAL.negated());
    }

    @Override
    public Fd reopen() throws IOException {
        return isDmaBuf
                ? buffer.dmaBuf()
                : Swaps.open(buffer.borrowFd(), opened().openFlags(), mark());
    }

    /** A mark lasts as long as the descriptor and all mappings that were made through it. */
    @Override
    boolean isGone(KernelLocks locks) {
        if (locks.isHeld(id(), mark())) {
            missed = 0;
            return false;
        }
        if (!isDmaBuf) {
            return !OfdLock.isMarkedOrUnknown(buffer.borrowFd(), mark());
        }
        // a dma-buf cannot be opened again, so there is nothing to ask it by
        missed++;
        return missed >= TIMES_MISSED;
    }

    @Override
    void release() {
        buffer.close();
    }

    /** A beginning that waits for the fences that were there when it came. */
    private final class Begin implements FileCaller.Resumable {
        private final Party party;
        private final BufferAccess access;
        private final Fence before;
        private @Nullable FenceWatch watch;

        Begin(Party party, BufferAccess access, Fence before) {
            this.party = party;
            this.access = access;
            this.before = before;
        }

        @Override
        public long run() {
            if (!before.isDone()) {
                return FileCaller.PENDING;
            }
            party.endWait();
            buffer.begin(party, access);
            return 0;
        }

        @Override
        public long interrupt() {
            if (watch != null) {
                watch.close();
            }
            party.endWait();
            return BlockingCall.RESTART;
        }
    }
}
