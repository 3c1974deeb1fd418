package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/**
 * Sample formats. Kernel: sound/asound.h, {@code SNDRV_PCM_FORMAT_*}, protocol 2.0.15.
 *
 * <p>The numbers are: code, significant bits, bits in memory.
 */
public enum PcmFormat {
    S8(0, 8, 8, SampleKind.SIGNED, Order.NONE),
    U8(1, 8, 8, SampleKind.UNSIGNED, Order.NONE),
    S16_LE(2, 16, 16, SampleKind.SIGNED, Order.LITTLE),
    S16_BE(3, 16, 16, SampleKind.SIGNED, Order.BIG),
    U16_LE(4, 16, 16, SampleKind.UNSIGNED, Order.LITTLE),
    U16_BE(5, 16, 16, SampleKind.UNSIGNED, Order.BIG),
    /** The low three of four bytes. */
    S24_LE(6, 24, 32, SampleKind.SIGNED, Order.LITTLE),
    S24_BE(7, 24, 32, SampleKind.SIGNED, Order.BIG),
    U24_LE(8, 24, 32, SampleKind.UNSIGNED, Order.LITTLE),
    U24_BE(9, 24, 32, SampleKind.UNSIGNED, Order.BIG),
    S32_LE(10, 32, 32, SampleKind.SIGNED, Order.LITTLE),
    S32_BE(11, 32, 32, SampleKind.SIGNED, Order.BIG),
    U32_LE(12, 32, 32, SampleKind.UNSIGNED, Order.LITTLE),
    U32_BE(13, 32, 32, SampleKind.UNSIGNED, Order.BIG),
    FLOAT_LE(14, 32, 32, SampleKind.FLOAT, Order.LITTLE),
    FLOAT_BE(15, 32, 32, SampleKind.FLOAT, Order.BIG),
    FLOAT64_LE(16, 64, 64, SampleKind.FLOAT, Order.LITTLE),
    FLOAT64_BE(17, 64, 64, SampleKind.FLOAT, Order.BIG),
    IEC958_SUBFRAME_LE(18, 32, 32, SampleKind.IEC958, Order.LITTLE),
    IEC958_SUBFRAME_BE(19, 32, 32, SampleKind.IEC958, Order.BIG),
    MU_LAW(20, 8, 8, SampleKind.CODED, Order.NONE),
    A_LAW(21, 8, 8, SampleKind.CODED, Order.NONE),
    IMA_ADPCM(22, 4, 4, SampleKind.CODED, Order.NONE),
    MPEG(23, 0, 0, SampleKind.CODED, Order.NONE),
    GSM(24, 0, 0, SampleKind.CODED, Order.NONE),
    /** The low 20 bits of four bytes. */
    S20_LE(25, 20, 32, SampleKind.SIGNED, Order.LITTLE),
    S20_BE(26, 20, 32, SampleKind.SIGNED, Order.BIG),
    U20_LE(27, 20, 32, SampleKind.UNSIGNED, Order.LITTLE),
    U20_BE(28, 20, 32, SampleKind.UNSIGNED, Order.BIG),
    SPECIAL(31, 0, 0, SampleKind.CODED, Order.NONE),
    /** Three bytes. */
    S24_3LE(32, 24, 24, SampleKind.SIGNED, Order.LITTLE),
    S24_3BE(33, 24, 24, SampleKind.SIGNED, Order.BIG),
    U24_3LE(34, 24, 24, SampleKind.UNSIGNED, Order.LITTLE),
    U24_3BE(35, 24, 24, SampleKind.UNSIGNED, Order.BIG),
    /** The low 20 bits of three bytes. */
    S20_3LE(36, 20, 24, SampleKind.SIGNED, Order.LITTLE),
    S20_3BE(37, 20, 24, SampleKind.SIGNED, Order.BIG),
    U20_3LE(38, 20, 24, SampleKind.UNSIGNED, Order.LITTLE),
    U20_3BE(39, 20, 24, SampleKind.UNSIGNED, Order.BIG),
    /** The low 18 bits of three bytes. */
    S18_3LE(40, 18, 24, SampleKind.SIGNED, Order.LITTLE),
    S18_3BE(41, 18, 24, SampleKind.SIGNED, Order.BIG),
    U18_3LE(42, 18, 24, SampleKind.UNSIGNED, Order.LITTLE),
    U18_3BE(43, 18, 24, SampleKind.UNSIGNED, Order.BIG),
    /** Eight samples in three bytes. */
    G723_24(44, 3, 3, SampleKind.CODED, Order.NONE),
    G723_24_1B(45, 3, 8, SampleKind.CODED, Order.NONE),
    /** Eight samples in five bytes. */
    G723_40(46, 5, 5, SampleKind.CODED, Order.NONE),
    G723_40_1B(47, 5, 8, SampleKind.CODED, Order.NONE),
    DSD_U8(48, 8, 8, SampleKind.DSD, Order.NONE),
    DSD_U16_LE(49, 16, 16, SampleKind.DSD, Order.LITTLE),
    DSD_U32_LE(50, 32, 32, SampleKind.DSD, Order.LITTLE),
    DSD_U16_BE(51, 16, 16, SampleKind.DSD, Order.BIG),
    DSD_U32_BE(52, 32, 32, SampleKind.DSD, Order.BIG);

    private static final @Nullable PcmFormat[] BY_CODE = new @Nullable PcmFormat[Long.SIZE];

    static {
        for (PcmFormat format : values()) {
            BY_CODE[format.code] = format;
        }
    }

    private final int code;
    private final int width;
    private final int physicalWidth;
    private final SampleKind kind;
    private final Order order;

    PcmFormat(int code, int width, int physicalWidth, SampleKind kind, Order order) {
        this.code = code;
        this.width = width;
        this.physicalWidth = physicalWidth;
        this.kind = kind;
        this.order = order;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** The bit of this format in the mask of {@link HwParams}. */
    public long maskBit() {
        return 1L << code;
    }

    /** Significant bits of a sample; 0 where samples have no fixed width. */
    public int width() {
        return width;
    }

    /** Bits a sample takes in memory, a multiple of 8 for all that can be mixed; 0 if not fixed. */
    public int physicalWidth() {
        return physicalWidth;
    }

    /** What the bits mean. */
    public SampleKind kind() {
        return kind;
    }

    /** Whether a sample is an integer, signed or unsigned. DSD, which packs bits, is not. */
    public boolean isLinear() {
        return kind == SampleKind.SIGNED || kind == SampleKind.UNSIGNED;
    }

    /** Whether a sample is a signed integer. */
    public boolean isSigned() {
        return kind == SampleKind.SIGNED;
    }

    /** Whether a sample is an unsigned integer. */
    public boolean isUnsigned() {
        return kind == SampleKind.UNSIGNED;
    }

    /** Whether a sample is an IEEE-754 number. */
    public boolean isFloat() {
        return kind == SampleKind.FLOAT;
    }

    /** Whether the lowest byte comes first; false as well where a sample has a single byte. */
    public boolean isLittleEndian() {
        return order == Order.LITTLE;
    }

    /** Whether the highest byte comes first; false as well where a sample has a single byte. */
    public boolean isBigEndian() {
        return order == Order.BIG;
    }

    /**
     * Eight bytes of silence, the first of them in the lowest byte of the result: samples repeated,
     * the last one cut off where three bytes do not divide eight. Kernel: sound/core/pcm_misc.c,
     * snd_pcm_format_silence_64(); there the bytes past one 24-bit sample are 0.
     *
     * @return 0 as well for formats in which nothing stands for silence
     */
    public long silence() {
        return switch (kind) {
            case SIGNED, FLOAT, IEC958 -> 0;
            case UNSIGNED -> repeat(middle());
            case DSD -> repeat(0x69, 1);
            case CODED ->
                    switch (this) {
                        case MU_LAW -> repeat(0x7f, 1);
                        case A_LAW -> repeat(0x55, 1);
                        default -> 0;
                    };
        };
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable PcmFormat of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** The middle of the unsigned range, its first byte in memory lowest. */
    private long middle() {
        long middle = 1L << (width - 1);
        return order == Order.BIG
                ? Long.reverseBytes(middle) >>> (Long.SIZE - physicalWidth)
                : middle;
    }

    private long repeat(long sample) {
        return repeat(sample, physicalWidth / Byte.SIZE);
    }

    private static long repeat(long sample, int bytes) {
        long pattern = 0;
        for (int at = 0; at < Long.BYTES; at += bytes) {
            pattern |= sample << (at * Byte.SIZE);
        }
        return pattern;
    }

    private enum Order {
        NONE,
        LITTLE,
        BIG
    }
}
