package io.pcmshare.core.pcm;

/**
 * How a substream is opened. Kernel: uapi/asm-generic/fcntl.h, {@code O_*}.
 *
 * @param readable {@code O_RDONLY} or {@code O_RDWR}
 * @param writable {@code O_WRONLY} or {@code O_RDWR}
 * @param nonblock {@code O_NONBLOCK}
 * @param append {@code O_APPEND}: attach to a substream that is already open
 */
public record OpenFlags(boolean readable, boolean writable, boolean nonblock, boolean append) {
    /** {@code O_RDWR}. */
    public static final OpenFlags RDWR = new OpenFlags(true, true, false, false);

    /** {@code O_RDWR | O_NONBLOCK}. */
    public static final OpenFlags RDWR_NONBLOCK = new OpenFlags(true, true, true, false);

    /** The same with {@code O_APPEND}. */
    public OpenFlags withAppend() {
        return new OpenFlags(readable, writable, nonblock, true);
    }

    /** The same with another {@code O_NONBLOCK}. */
    public OpenFlags withNonblock(boolean newNonblock) {
        return new OpenFlags(readable, writable, newNonblock, append);
    }
}
