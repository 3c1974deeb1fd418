package io.pcmshare.abi;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.Objects;

/**
 * View of {@code struct snd_pcm_hw_params}: a space of configurations, as masks and intervals.
 * Kernel: sound/asound.h, protocol 2.0.15.
 */
public final class HwParams {
    /** {@code struct snd_mask}: 256 bits. */
    static final StructLayout MASK =
            MemoryLayout.structLayout(MemoryLayout.sequenceLayout(8, JAVA_INT).withName("bits"))
                    .withName("snd_mask");

    /** {@code struct snd_interval}; {@code flags} are its four bit fields. */
    static final StructLayout INTERVAL =
            MemoryLayout.structLayout(
                            JAVA_INT.withName("min"),
                            JAVA_INT.withName("max"),
                            JAVA_INT.withName("flags"))
                    .withName("snd_interval");

    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_pcm_hw_params",
                    members ->
                            members.ints("flags")
                                    .array("masks", 3, MASK)
                                    .array("mres", 5, MASK)
                                    .array("intervals", 12, INTERVAL)
                                    .array("ires", 9, INTERVAL)
                                    .ints(
                                            "rmask",
                                            "cmask",
                                            "info",
                                            "msbits",
                                            "rate_num",
                                            "rate_den")
                                    .words("fifo_size")
                                    .bytes("reserved", 64));

    private static final IntField FLAGS = LAYOUTS.intField("flags");
    private static final IntField RMASK = LAYOUTS.intField("rmask");
    private static final IntField CMASK = LAYOUTS.intField("cmask");
    private static final IntField INFO = LAYOUTS.intField("info");
    private static final IntField MSBITS = LAYOUTS.intField("msbits");
    private static final IntField RATE_NUM = LAYOUTS.intField("rate_num");
    private static final IntField RATE_DEN = LAYOUTS.intField("rate_den");
    private static final WordField FIFO_SIZE = LAYOUTS.wordField("fifo_size");
    private static final long MASKS = LAYOUTS.offset("masks").lp64();
    private static final long INTERVALS = LAYOUTS.offset("intervals").lp64();
    private static final long MIN = INTERVAL.byteOffset(groupElement("min"));
    private static final long MAX = INTERVAL.byteOffset(groupElement("max"));
    private static final long FLAGS_OF_INTERVAL = INTERVAL.byteOffset(groupElement("flags"));

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public HwParams(MemorySegment segment, DataModel model) {
        this.segment = segment.asSlice(0, layout(model).byteSize());
        this.model = model;
    }

    /** The layout in a program of that model. */
    public static StructLayout layout(DataModel model) {
        return LAYOUTS.of(model);
    }

    static Layouts layouts() {
        return LAYOUTS;
    }

    /** Sets every byte to 0. */
    public void clear() {
        segment.fill((byte) 0);
    }

    /** Bits of {@link HwParamsFlag}. */
    public int flags() {
        return FLAGS.get(segment, model);
    }

    /** Stores {@code flags}. */
    public void flags(int value) {
        FLAGS.set(segment, model, value);
    }

    /** Parameters to refine, bits of {@link HwParam#bit()}; the kernel clears them. */
    public int rmask() {
        return RMASK.get(segment, model);
    }

    /** Stores {@code rmask}. */
    public void rmask(int value) {
        RMASK.set(segment, model, value);
    }

    /** Parameters that a refinement changed. */
    public int cmask() {
        return CMASK.get(segment, model);
    }

    /** Stores {@code cmask}. */
    public void cmask(int value) {
        CMASK.set(segment, model, value);
    }

    /** Bits of {@link PcmInfoFlag}. */
    public int info() {
        return INFO.get(segment, model);
    }

    /** Stores {@code info}. */
    public void info(int value) {
        INFO.set(segment, model, value);
    }

    /** Used bits of a sample. */
    public int msbits() {
        return MSBITS.get(segment, model);
    }

    /** Stores {@code msbits}. */
    public void msbits(int value) {
        MSBITS.set(segment, model, value);
    }

    /** Numerator of the exact rate, unsigned. */
    public int rateNum() {
        return RATE_NUM.get(segment, model);
    }

    /** Stores {@code rate_num}. */
    public void rateNum(int value) {
        RATE_NUM.set(segment, model, value);
    }

    /** Denominator of the exact rate, unsigned. */
    public int rateDen() {
        return RATE_DEN.get(segment, model);
    }

    /** Stores {@code rate_den}. */
    public void rateDen(int value) {
        RATE_DEN.set(segment, model, value);
    }

    /** Frames the device holds besides the ring. */
    public long fifoSize() {
        return FIFO_SIZE.get(segment, model);
    }

    /** Stores {@code fifo_size}. */
    public void fifoSize(long value) {
        FIFO_SIZE.set(segment, model, value);
    }

    /** 32 of the 256 bits of a mask, word 0 the lowest. */
    public int maskWord(HwParam param, int word) {
        return segment.get(JAVA_INT_UNALIGNED, maskOffset(param, word));
    }

    /** Stores 32 of the 256 bits of a mask. */
    public void maskWord(HwParam param, int word, int bits) {
        segment.set(JAVA_INT_UNALIGNED, maskOffset(param, word), bits);
    }

    /** The lowest 64 bits of a mask: all that the kernel looks at. */
    public long maskLow64(HwParam param) {
        return Integer.toUnsignedLong(maskWord(param, 0))
                | (long) maskWord(param, 1) << Integer.SIZE;
    }

    /** Stores the lowest 64 bits of a mask; the words above stay as they are, as in the kernel. */
    public void maskLow64(HwParam param, long bits) {
        maskWord(param, 0, (int) bits);
        maskWord(param, 1, (int) (bits >>> Integer.SIZE));
    }

    /** Lower end of an interval, in {@code [0, 2^32)}. */
    public long intervalMin(HwParam param) {
        return Integer.toUnsignedLong(segment.get(JAVA_INT_UNALIGNED, intervalOffset(param) + MIN));
    }

    /** Upper end of an interval, in {@code [0, 2^32)}. */
    public long intervalMax(HwParam param) {
        return Integer.toUnsignedLong(segment.get(JAVA_INT_UNALIGNED, intervalOffset(param) + MAX));
    }

    /** Bits of {@link IntervalFlag}. */
    public int intervalFlags(HwParam param) {
        return segment.get(JAVA_INT_UNALIGNED, intervalOffset(param) + FLAGS_OF_INTERVAL);
    }

    /** Stores the low 32 bits of the lower end. */
    public void intervalMin(HwParam param, long min) {
        segment.set(JAVA_INT_UNALIGNED, intervalOffset(param) + MIN, (int) min);
    }

    /** Stores the low 32 bits of the upper end. */
    public void intervalMax(HwParam param, long max) {
        segment.set(JAVA_INT_UNALIGNED, intervalOffset(param) + MAX, (int) max);
    }

    /** Stores bits of {@link IntervalFlag}. */
    public void intervalFlags(HwParam param, int bits) {
        segment.set(JAVA_INT_UNALIGNED, intervalOffset(param) + FLAGS_OF_INTERVAL, bits);
    }

    /** Stores a whole interval: the ends' low 32 bits, and bits of {@link IntervalFlag}. */
    public void interval(HwParam param, long min, long max, int bits) {
        intervalMin(param, min);
        intervalMax(param, max);
        intervalFlags(param, bits);
    }

    private static long maskOffset(HwParam param, int word) {
        if (!param.isMask()) {
            throw new IllegalArgumentException("param=" + param + ", not a mask");
        }
        int words = (int) (MASK.byteSize() / Integer.BYTES);
        return MASKS
                + param.index() * MASK.byteSize()
                + (long) Objects.checkIndex(word, words) * Integer.BYTES;
    }

    private static long intervalOffset(HwParam param) {
        if (param.isMask()) {
            throw new IllegalArgumentException("param=" + param + ", not an interval");
        }
        return INTERVALS + param.index() * INTERVAL.byteSize();
    }
}
