package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.params.Interval;

/**
 * Chooses period and buffer of an {@link Outlet}: some forty milliseconds in four periods, or what
 * the device has next to that. Long enough for a process that is not alone on its machine, short
 * enough for a film.
 */
final class LeadSizes {
    static final int PERIODS = 4;

    /** How often somebody looks in a second, where the device can do that. */
    private static final int PERIODS_PER_SECOND = 100;

    private LeadSizes() {}

    /** A device that is to be configured. */
    @FunctionalInterface
    interface Configurable {
        /** Chooses parameters; 0, and the space holds the choice, or a negated errno. */
        int hwParams(HwParamSpace space);
    }

    /**
     * Configures a device.
     *
     * @param format what it is to play
     * @param longestPeriod frames that its period shall not exceed, as far as it can
     * @param space holds the choice then
     * @return 0, or a negated errno
     */
    static int choose(
            MixFormat format, long longestPeriod, HwParamSpace space, Configurable device) {
        long period = Math.clamp(format.rate() / PERIODS_PER_SECOND, 1, longestPeriod);
        long buffer = period * PERIODS;
        long[][] wishes = {
            {period, period, buffer, buffer},
            {period, 2 * period, buffer, 4 * buffer},
            {1, period, buffer, 4 * buffer},
            {1, Interval.UINT_MAX, 1, Interval.UINT_MAX}
        };
        int answer = 0;
        for (long[] wish : wishes) {
            space.setAny();
            space.mask(HwParam.ACCESS, 1L << PcmAccess.RW_INTERLEAVED.code());
            space.mask(HwParam.FORMAT, format.format().maskBit());
            space.set(HwParam.CHANNELS, format.channels());
            space.set(HwParam.RATE, format.rate());
            space.interval(HwParam.PERIOD_SIZE).setRange(wish[0], wish[1]);
            space.interval(HwParam.BUFFER_SIZE).setRange(wish[2], wish[3]);
            answer = device.hwParams(space);
            if (answer >= 0) {
                break;
            }
        }
        return answer;
    }
}
