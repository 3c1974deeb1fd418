package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct dma_buf_export_sync_file} and of {@code struct dma_buf_import_sync_file},
 * which are alike. Kernel: linux/dma-buf.h, Linux 6.1; 8 bytes in every model.
 */
public final class DmaBufSyncFile {
    private static final Layouts LAYOUTS =
            Layouts.of("dma_buf_sync_file", members -> members.ints("flags", "fd"));

    /** The layout, the same in every {@link DataModel}. */
    public static final StructLayout LAYOUT = LAYOUTS.lp64();

    private static final DataModel ANY = DataModel.LP64;
    private static final IntField FLAGS = LAYOUTS.intField("flags");
    private static final IntField FD = LAYOUTS.intField("fd");

    private final MemorySegment segment;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public DmaBufSyncFile(MemorySegment segment) {
        this.segment = segment.asSlice(0, LAYOUT.byteSize());
    }

    static Layouts layouts() {
        return LAYOUTS;
    }

    /** {@code DMA_BUF_SYNC_READ} 1, {@code DMA_BUF_SYNC_WRITE} 2, or both. */
    public int flags() {
        return FLAGS.get(segment, ANY);
    }

    /** Stores {@code flags}. */
    public void flags(int value) {
        FLAGS.set(segment, ANY, value);
    }

    /** Descriptor of the fence: export, out; import, in. */
    public int fd() {
        return FD.get(segment, ANY);
    }

    /** Stores {@code fd}. */
    public void fd(int value) {
        FD.set(segment, ANY, value);
    }
}
