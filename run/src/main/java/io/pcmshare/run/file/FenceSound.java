package io.pcmshare.run.file;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.SyncFenceInfo;
import io.pcmshare.abi.SyncFileInfo;
import io.pcmshare.abi.SyncIoctl;
import io.pcmshare.abi.SyncMergeData;
import io.pcmshare.run.file.ReadyPipe.Show;
import io.pcmshare.share.fence.Fence;
import io.pcmshare.share.fence.FenceWatch;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A descriptor of a fence. Its pipe says what it is to any process that polls: {@code POLLIN}
 * signalled, {@code POLLHUP} alone failed. Kernel: drivers/dma-buf/sync_file.c. Threads: one.
 */
public final class FenceSound extends PipeFile {
    private static final String NAME = "anon_inode:sync_file";
    private static final String DRIVER = "pcmshare";

    private final Fence fence;
    private final FenceWatch watch;

    private FenceSound(Opened opened, ReadyPipe pipe, Fence fence, DirtyFiles dirty) {
        super(opened, pipe);
        this.fence = fence;
        this.watch = fence.whenDone(dirty.note(() -> dirty.add(this))::leave);
    }

    /**
     * Gives a program a descriptor of a fence.
     *
     * @param parent what it was asked of
     * @return its number, or a negated errno
     */
    static long open(FileCaller caller, Fence fence, Opened parent) {
        Opened opened = new Opened(NAME, 0, parent.pid(), parent.program());
        DirtyFiles dirty = caller.shares().dirty();
        return caller.open(
                opened, false, pipe -> new FenceSound(opened, pipe, fence, dirty), () -> {});
    }

    Fence fence() {
        return fence;
    }

    @Override
    public long ioctl(FileCaller caller, int request, long argument) {
        try (Arena arena = Arena.ofConfined()) {
            return switch (SyncIoctl.of(request)) {
                case MERGE -> merge(caller, argument, arena);
                case FILE_INFO -> info(caller, argument, arena);
                case SET_DEADLINE -> deadline(caller, argument, arena);
                case null -> Errno.ENOTTY.negated();
            };
        }
    }

    private long merge(FileCaller caller, long argument, Arena arena) {
        MemorySegment copy = arena.allocate(SyncMergeData.LAYOUT);
        SyncMergeData data = new SyncMergeData(copy);
        if (caller.read(argument, copy, 0, copy.byteSize()) < 0) {
            return Errno.EFAULT.negated();
        }
        if (data.flags() != 0 || data.pad() != 0) {
            return Errno.EINVAL.negated();
        }
        if (!(caller.file(data.fd2()) instanceof FenceSound other)) {
            return Errno.ENOENT.negated();
        }
        // made sure of before, because a descriptor cannot be taken back out of a program
        if (caller.write(argument, copy, 0, copy.byteSize()) < 0) {
            return Errno.EFAULT.negated();
        }
        Fence merged = Fence.merge(data.name(), List.of(fence, other.fence));
        long number = open(caller, merged, opened());
        if (number < 0) {
            return number;
        }
        data.fence((int) number);
        return caller.write(argument, copy, 0, copy.byteSize());
    }

    /** With room for no fences only the whole is told; with too little nothing is. */
    private long info(FileCaller caller, long argument, Arena arena) {
        MemorySegment copy = arena.allocate(SyncFileInfo.LAYOUT);
        SyncFileInfo info = new SyncFileInfo(copy);
        if (caller.read(argument, copy, 0, copy.byteSize()) < 0) {
            return Errno.EFAULT.negated();
        }
        if (info.flags() != 0 || info.pad() != 0) {
            return Errno.EINVAL.negated();
        }
        List<Fence.Part> parts = fence.parts();
        int room = info.numFences();
        if (room != 0) {
            if (Integer.compareUnsigned(room, parts.size()) < 0) {
                return Errno.EINVAL.negated();
            }
            MemorySegment array = describe(parts, arena);
            if (caller.write(info.syncFenceInfo(), array, 0, array.byteSize()) < 0) {
                return Errno.EFAULT.negated();
            }
        }
        info.name(fence.name());
        info.status(fence.status());
        info.numFences(parts.size());
        return caller.write(argument, copy, 0, copy.byteSize());
    }

    private static MemorySegment describe(List<Fence.Part> parts, Arena arena) {
        long each = SyncFenceInfo.LAYOUT.byteSize();
        MemorySegment array = arena.allocate(SyncFenceInfo.LAYOUT, parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Fence.Part part = parts.get(i);
            SyncFenceInfo one = new SyncFenceInfo(array.asSlice(i * each, each));
            one.objName(part.timeline());
            one.driverName(DRIVER);
            one.status(part.status());
            one.timestampNanos(part.doneNanos());
        }
        return array;
    }

    /** A wish of whoever waits; time is not made faster by it. */
    private static long deadline(FileCaller caller, long argument, Arena arena) {
        MemorySegment wish = arena.allocate(2 * Long.BYTES, Long.BYTES);
        if (caller.read(argument, wish, 0, wish.byteSize()) < 0) {
            return Errno.EFAULT.negated();
        }
        return wish.getAtIndex(ValueLayout.JAVA_LONG, 1) == 0 ? 0 : Errno.EINVAL.negated();
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
        return new MapAnswer.Refused(Errno.ENODEV.negated());
    }

    @Override
    Show readiness() {
        int status = fence.status();
        if (status == Fence.PENDING) {
            return Show.WAIT;
        }
        return status == Fence.SIGNALLED ? Show.READY : Show.ERROR;
    }

    @Override
    void releaseFile() {
        watch.close();
    }
}
