package io.pcmshare.server.patch;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.core.params.PcmHardware;
import io.pcmshare.mix.Resampler;
import io.pcmshare.mix.Samples;

import java.util.Arrays;
import java.util.List;

/** What clients can choose: anything that can be converted. */
final class BayHardware {
    /** Samples in a frame. */
    static final int MOST_CHANNELS = 32;

    /** Two looks of most devices, and what a resampler keeps. */
    static final long LEAST_BUFFER_MICROS = 25_000;

    private static final int MIB = 1 << 20;

    /** The bounds. */
    static final PcmHardware HARDWARE =
            new PcmHardware(
                    PcmInfoFlag.MMAP
                            | PcmInfoFlag.MMAP_VALID
                            | PcmInfoFlag.INTERLEAVED
                            | PcmInfoFlag.PAUSE
                            | PcmInfoFlag.RESUME
                            | PcmInfoFlag.NO_PERIOD_WAKEUP,
                    Arrays.stream(PcmFormat.values())
                            .filter(Samples::areNumbers)
                            .mapToLong(PcmFormat::maskBit)
                            .reduce(0, (a, b) -> a | b),
                    List.of(),
                    Resampler.LOWEST_RATE,
                    Resampler.HIGHEST_RATE,
                    1,
                    MOST_CHANNELS,
                    16 * MIB,
                    16,
                    8 * MIB,
                    2,
                    4096,
                    0);

    private BayHardware() {}
}
