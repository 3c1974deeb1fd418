package io.pcmshare.share.buffer;

/** What somebody does with a buffer. Kernel: linux/dma-buf.h, {@code DMA_BUF_SYNC_*}. */
public enum BufferAccess {
    /** Only looks: waits for those who write. */
    READ,
    /** Changes it: waits for everybody. */
    WRITE;

    /** {@code DMA_BUF_SYNC_READ}. */
    public static final long READ_FLAG = 1;

    /** {@code DMA_BUF_SYNC_WRITE}. */
    public static final long WRITE_FLAG = 2;

    /** Both. */
    public static final long FLAGS = READ_FLAG | WRITE_FLAG;

    /** What these flags ask for; reading and writing is writing. */
    public static BufferAccess of(long flags) {
        return (flags & WRITE_FLAG) != 0 ? WRITE : READ;
    }

    /** Whether one who does this has to wait for one who does that. */
    boolean waitsFor(BufferAccess other) {
        return this == WRITE || other == WRITE;
    }
}
