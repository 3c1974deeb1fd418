package io.pcmshare.core.params;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.HwParams;
import io.pcmshare.abi.IntervalFlag;

/**
 * A set of hardware parameters: three masks, twelve intervals, and what the caller asked about.
 * Kernel: uapi/sound/asound.h, {@code struct snd_pcm_hw_params}.
 *
 * <p>Only the first 64 bits of a mask take part, as in the kernel; the words behind them stay the
 * caller's unless a mask is narrowed to one choice.
 */
public final class HwParamSpace {
    private static final int MASKS = 3;
    private static final int INTERVALS = 12;
    private static final int MASK_WORDS = 8;
    private static final HwParam[] PARAMS = HwParam.values();

    private final long[] masks = new long[MASKS];
    private final boolean[] choiceMade = new boolean[MASKS];
    private final Interval[] intervals = new Interval[INTERVALS];
    private int flags;
    private int rmask;
    private int cmask;
    private int info;
    private int msbits;
    private int rateNum;
    private int rateDen;
    private long fifoSize;

    /** Everything open, everything asked about. */
    public HwParamSpace() {
        for (int i = 0; i < INTERVALS; i++) {
            intervals[i] = new Interval();
        }
        setAny();
    }

    /** Another one that leaves the same choices. */
    public HwParamSpace copy() {
        HwParamSpace copy = new HwParamSpace();
        System.arraycopy(masks, 0, copy.masks, 0, MASKS);
        System.arraycopy(choiceMade, 0, copy.choiceMade, 0, MASKS);
        for (int i = 0; i < INTERVALS; i++) {
            copy.intervals[i].set(intervals[i]);
        }
        copy.flags = flags;
        copy.rmask = rmask;
        copy.cmask = cmask;
        copy.info = info;
        copy.msbits = msbits;
        copy.rateNum = rateNum;
        copy.rateDen = rateDen;
        copy.fifoSize = fifoSize;
        return copy;
    }

    /** Everything open, everything asked about. */
    public void setAny() {
        for (int i = 0; i < MASKS; i++) {
            masks[i] = -1L;
            choiceMade[i] = false;
        }
        for (Interval interval : intervals) {
            interval.setAny();
        }
        flags = 0;
        rmask = -1;
        cmask = 0;
        info = 0;
        msbits = 0;
        rateNum = 0;
        rateDen = 0;
        fifoSize = 0;
    }

    /** Takes over a caller's struct. */
    public void read(HwParams from) {
        for (HwParam param : PARAMS) {
            if (param.isMask()) {
                masks[param.index()] = from.maskLow64(param);
                choiceMade[param.index()] = false;
            } else {
                int bits = from.intervalFlags(param);
                intervals[param.index()].set(
                        from.intervalMin(param),
                        from.intervalMax(param),
                        (bits & IntervalFlag.OPENMIN) != 0,
                        (bits & IntervalFlag.OPENMAX) != 0,
                        (bits & IntervalFlag.INTEGER) != 0,
                        (bits & IntervalFlag.EMPTY) != 0);
            }
        }
        flags = from.flags();
        rmask = from.rmask();
        cmask = from.cmask();
        info = from.info();
        msbits = from.msbits();
        rateNum = from.rateNum();
        rateDen = from.rateDen();
        fifoSize = from.fifoSize();
    }

    /** Hands everything back to the caller's struct. */
    public void write(HwParams to) {
        for (HwParam param : PARAMS) {
            if (param.isMask()) {
                writeMask(to, param);
            } else {
                writeInterval(to, param);
            }
        }
        to.flags(flags);
        to.rmask(rmask);
        to.cmask(cmask);
        to.info(info);
        to.msbits(msbits);
        to.rateNum(rateNum);
        to.rateDen(rateDen);
        to.fifoSize(fifoSize);
    }

    private void writeMask(HwParams to, HwParam param) {
        if (choiceMade[param.index()]) {
            for (int word = 2; word < MASK_WORDS; word++) {
                to.maskWord(param, word, 0);
            }
        }
        to.maskLow64(param, masks[param.index()]);
    }

    private void writeInterval(HwParams to, HwParam param) {
        Interval interval = interval(param);
        int bits =
                (interval.openMin() ? IntervalFlag.OPENMIN : 0)
                        | (interval.openMax() ? IntervalFlag.OPENMAX : 0)
                        | (interval.integer() ? IntervalFlag.INTEGER : 0)
                        | (interval.empty() ? IntervalFlag.EMPTY : 0);
        to.interval(param, interval.min(), interval.max(), bits);
    }

    /** The first 64 bits of a mask. */
    public long mask(HwParam param) {
        return masks[param.index()];
    }

    /** Sets the first 64 bits of a mask. */
    public void mask(HwParam param, long bits) {
        masks[param.index()] = bits;
    }

    /** The interval itself, to be narrowed in place. */
    public Interval interval(HwParam param) {
        return intervals[param.index()];
    }

    /** Restricts an interval to one value. */
    public void set(HwParam param, long value) {
        interval(param).setValue(value);
    }

    /** Keeps what {@code allowed} has too; answers as {@link Interval#refine}. */
    public int refineMask(HwParam param, long allowed) {
        long old = masks[param.index()];
        long kept = old & allowed;
        masks[param.index()] = kept;
        if (kept == 0) {
            return Errno.EINVAL.negated();
        }
        return kept == old ? Interval.SAME : Interval.CHANGED;
    }

    /** Keeps the lowest bit only. Kernel: snd_mask_refine_first(). */
    int refineMaskFirst(HwParam param) {
        long old = masks[param.index()];
        if (old == 0) {
            return Errno.EINVAL.negated();
        }
        if (Long.bitCount(old) == 1) {
            return Interval.SAME;
        }
        masks[param.index()] = Long.lowestOneBit(old);
        choiceMade[param.index()] = true;
        return Interval.CHANGED;
    }

    /** Whether one choice was made of several, which clears the words past the 64th bit too. */
    boolean isChoiceMade(HwParam param) {
        return choiceMade[param.index()];
    }

    /** Whether one choice is left in a mask. */
    public boolean isSingleMask(HwParam param) {
        return Long.bitCount(masks[param.index()]) == 1;
    }

    /** The lowest choice left in a mask. */
    public int maskMin(HwParam param) {
        return Long.numberOfTrailingZeros(masks[param.index()]);
    }

    /** Flags of the request, {@code SNDRV_PCM_HW_PARAMS_*}. */
    public int flags() {
        return flags;
    }

    /** Sets the flags of the request. */
    public void flags(int flags) {
        this.flags = flags;
    }

    /** Bits of the parameters that are asked about. */
    public int rmask() {
        return rmask;
    }

    /** Sets the bits of the parameters that are asked about. */
    public void rmask(int bits) {
        rmask = bits;
    }

    /** Bits of the parameters that were narrowed. */
    public int cmask() {
        return cmask;
    }

    /** Notes that a parameter was narrowed. */
    void markChanged(HwParam param) {
        cmask |= param.bit();
    }

    /** What the device can do, {@code SNDRV_PCM_INFO_*}. */
    public int info() {
        return info;
    }

    /** Sets what the device can do. */
    public void info(int bits) {
        info = bits;
    }

    /** Used bits of a sample, counted from the most significant; 0 while open. */
    public int msbits() {
        return msbits;
    }

    /** Sets the used bits of a sample. */
    public void msbits(int bits) {
        msbits = bits;
    }

    /** Numerator of the exact rate, 0 while open. */
    public int rateNum() {
        return rateNum;
    }

    /** Denominator of the exact rate, 0 while open. */
    public int rateDen() {
        return rateDen;
    }

    /** Sets the exact rate. */
    public void exactRate(int numerator, int denominator) {
        rateNum = numerator;
        rateDen = denominator;
    }

    /** Depth of the device's FIFO. */
    public long fifoSize() {
        return fifoSize;
    }

    /** Sets the depth of the device's FIFO. */
    public void fifoSize(long size) {
        fifoSize = size;
    }
}
