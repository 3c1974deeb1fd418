package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/**
 * Requests of a fence's descriptor. Kernel: linux/sync_file.h, {@code SYNC_IOC_*}; {@code
 * SET_DEADLINE} as in Linux 6.6. The same for 32-bit and 64-bit programs.
 */
public enum SyncIoctl implements Ioctl {
    /** A new fence of two. */
    MERGE(Ioc.READ_WRITE, 0x03, IoctlArg.SYNC_MERGE),
    /** Name and state, and those of the fences that it was merged of. */
    FILE_INFO(Ioc.READ_WRITE, 0x04, IoctlArg.SYNC_FILE_INFO),
    /** When somebody would like it to be signalled: {@code { u64 deadline_ns, u64 pad }}. */
    SET_DEADLINE(Ioc.WRITE, 0x05, IoctlArg.SYNC_DEADLINE);

    /** The letter of fences. */
    public static final int TYPE = '>';

    private static final IoctlTable<SyncIoctl> TABLE = new IoctlTable<>(values());

    private final int dir;
    private final int nr;
    private final IoctlArg arg;

    SyncIoctl(int dir, int nr, IoctlArg arg) {
        this.dir = dir;
        this.nr = nr;
        this.arg = arg;
    }

    @Override
    public int dir() {
        return dir;
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int nr() {
        return nr;
    }

    @Override
    public int argBytes(DataModel model) {
        return arg.bytes(model);
    }

    /** The constant of a request; {@code null} for none. */
    public static @Nullable SyncIoctl of(int request) {
        return TABLE.find(request, DataModel.LP64);
    }
}
