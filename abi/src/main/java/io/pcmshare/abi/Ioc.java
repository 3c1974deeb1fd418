package io.pcmshare.abi;

/**
 * Encodes and takes apart ioctl numbers. Kernel: include/uapi/asm-generic/ioctl.h, {@code _IOC}, as
 * used by x86, i386 and aarch64.
 *
 * <pre>{@code
 *  31  30 29                16 15            8 7             0
 * +------+--------------------+---------------+---------------+
 * | dir  |  argument, bytes   |     type      |      nr       |
 * +------+--------------------+---------------+---------------+
 * }</pre>
 */
public final class Ioc {
    /** No argument, or a plain value. */
    public static final int NONE = 0;

    /** The program writes the argument, the kernel reads it. */
    public static final int WRITE = 1;

    /** The program reads the argument, the kernel writes it. */
    public static final int READ = 2;

    /** Both. */
    public static final int READ_WRITE = READ | WRITE;

    private static final int TYPE_SHIFT = 8;
    private static final int SIZE_SHIFT = 16;
    private static final int DIR_SHIFT = 30;
    private static final int SIZE_LIMIT = 1 << (DIR_SHIFT - SIZE_SHIFT);

    private Ioc() {}

    /** {@code _IOC(dir, type, nr, size)}; the size in bytes. */
    public static int encode(int dir, int type, int nr, int size) {
        if ((dir & ~READ_WRITE) != 0
                || (type & ~0xff) != 0
                || (nr & ~0xff) != 0
                || size < 0
                || size >= SIZE_LIMIT) {
            throw new IllegalArgumentException(
                    "dir=" + dir + ", type=" + type + ", nr=" + nr + ", size=" + size);
        }
        return dir << DIR_SHIFT | size << SIZE_SHIFT | type << TYPE_SHIFT | nr;
    }

    /** {@link #NONE}, {@link #WRITE}, {@link #READ} or {@link #READ_WRITE}. */
    public static int dir(int request) {
        return request >>> DIR_SHIFT;
    }

    /**
     * The letter that names the driver: {@code 'A'} PCM, {@code 'U'} control, {@code 'T'} timer.
     */
    public static int type(int request) {
        return request >>> TYPE_SHIFT & 0xff;
    }

    /** The number within the type. */
    public static int nr(int request) {
        return request & 0xff;
    }

    /** Bytes of the argument. */
    public static int size(int request) {
        return request >>> SIZE_SHIFT & (SIZE_LIMIT - 1);
    }
}
