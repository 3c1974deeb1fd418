package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/**
 * Requests of a dma-buf descriptor. Kernel: linux/dma-buf.h, {@code DMA_BUF_IOCTL_*}; the kernel
 * takes each of them from 32-bit and 64-bit programs alike.
 */
public enum DmaBufIoctl implements Ioctl {
    /** Brackets access by the CPU: flags of {@code DMA_BUF_SYNC_*}. Excludes nobody. */
    SYNC(Ioc.WRITE, 0x00, IoctlArg.INT64),
    /** What a 32-bit program calls {@code DMA_BUF_SET_NAME}. The argument is the string. */
    SET_NAME_A(Ioc.WRITE, 0x01, IoctlArg.INT),
    /** What a 64-bit program calls {@code DMA_BUF_SET_NAME}. The argument is the string. */
    SET_NAME_B(Ioc.WRITE, 0x01, IoctlArg.INT64),
    /** {@link DmaBufSyncFile}: a fence of the writers, or of all users. */
    EXPORT_SYNC_FILE(Ioc.READ_WRITE, 0x02, IoctlArg.DMABUF_SYNC_FILE),
    /** {@link DmaBufSyncFile}: adds a fence to the buffer. */
    IMPORT_SYNC_FILE(Ioc.WRITE, 0x03, IoctlArg.DMABUF_SYNC_FILE);

    /** The letter of dma-buf descriptors. */
    public static final int TYPE = 'b';

    private static final IoctlTable<DmaBufIoctl> TABLE = new IoctlTable<>(values());

    private final int dir;
    private final int nr;
    private final IoctlArg arg;

    DmaBufIoctl(int dir, int nr, IoctlArg arg) {
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

    /** The constant of a request made by a program of that model; {@code null} for none. */
    public static @Nullable DmaBufIoctl of(int request, DataModel model) {
        return TABLE.find(request, model);
    }
}
