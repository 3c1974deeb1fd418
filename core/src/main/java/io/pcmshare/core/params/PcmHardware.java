package io.pcmshare.core.params;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.abi.PcmSubformat;

import java.util.List;

/**
 * What a device can do, as a driver states it. Kernel: include/sound/pcm.h, {@code struct
 * snd_pcm_hardware}.
 *
 * @param info {@code SNDRV_PCM_INFO_*}
 * @param formats mask of formats
 * @param rates the only rates, in Hz; empty for any between the two ends
 * @param rateMin lowest rate, Hz
 * @param rateMax highest rate, Hz
 * @param channelsMin fewest channels
 * @param channelsMax most channels
 * @param bufferBytesMax largest buffer, bytes
 * @param periodBytesMin smallest period, bytes
 * @param periodBytesMax largest period, bytes
 * @param periodsMin fewest periods
 * @param periodsMax most periods
 * @param fifoSize depth of the FIFO
 */
public record PcmHardware(
        int info,
        long formats,
        List<Integer> rates,
        long rateMin,
        long rateMax,
        long channelsMin,
        long channelsMax,
        long bufferBytesMax,
        long periodBytesMin,
        long periodBytesMax,
        long periodsMin,
        long periodsMax,
        long fifoSize) {

    /** Refuses a device that no stream could be opened on. */
    public PcmHardware {
        rates = List.copyOf(rates);
        requireRange("rate", rateMin, rateMax);
        requireRange("channels", channelsMin, channelsMax);
        requireRange("periodBytes", periodBytesMin, periodBytesMax);
        requireRange("periods", periodsMin, periodsMax);
        requireRange("bufferBytes", periodBytesMin, bufferBytesMax);
        if (formats == 0) {
            throw new IllegalArgumentException("formats=0");
        }
    }

    private static void requireRange(String name, long min, long max) {
        if (min <= 0 || max < min) {
            throw new IllegalArgumentException(name + " min=" + min + ", max=" + max);
        }
    }

    /** Whether all of these {@code SNDRV_PCM_INFO_*} are set. */
    public boolean has(int infoFlags) {
        return (info & infoFlags) == infoFlags;
    }

    /**
     * The constraints of a substream of this device: what holds for all, then what this device can
     * do. Kernel: snd_pcm_hw_constraints_init(), _complete().
     */
    public HwConstraints constraints() {
        HwConstraints all = new HwConstraints();
        StandardRules.addTo(all);
        return all;
    }

    /** Adds the device's own bounds, after a driver has added rules of its own. */
    public void completeInto(HwConstraints constraints) {
        constraints
                .mask(HwParam.ACCESS, accessMask())
                .mask(HwParam.FORMAT, formats)
                .mask(HwParam.SUBFORMAT, 1L << PcmSubformat.STD.code())
                .minmax(HwParam.CHANNELS, channelsMin, channelsMax)
                .minmax(HwParam.RATE, rateMin, rateMax)
                .minmax(HwParam.PERIOD_BYTES, periodBytesMin, periodBytesMax)
                .minmax(HwParam.PERIODS, periodsMin, periodsMax)
                .minmax(HwParam.BUFFER_BYTES, periodBytesMin, bufferBytesMax);
        if (!rates.isEmpty()) {
            long[] list = rates.stream().mapToLong(Integer::longValue).toArray();
            constraints.list(0, HwParam.RATE, list);
        }
        constraints.integer(HwParam.PERIOD_SIZE);
    }

    private long accessMask() {
        boolean mmap = has(PcmInfoFlag.MMAP);
        long mask = 0;
        if (has(PcmInfoFlag.INTERLEAVED)) {
            mask |= bit(PcmAccess.RW_INTERLEAVED) | (mmap ? bit(PcmAccess.MMAP_INTERLEAVED) : 0);
        }
        if (has(PcmInfoFlag.NONINTERLEAVED)) {
            mask |= bit(PcmAccess.RW_NONINTERLEAVED);
            mask |= mmap ? bit(PcmAccess.MMAP_NONINTERLEAVED) : 0;
        }
        if (has(PcmInfoFlag.COMPLEX) && mmap) {
            mask |= bit(PcmAccess.MMAP_COMPLEX);
        }
        return mask;
    }

    private static long bit(PcmAccess access) {
        return 1L << access.code();
    }
}
