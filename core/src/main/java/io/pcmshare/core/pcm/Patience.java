package io.pcmshare.core.pcm;

import org.jspecify.annotations.Nullable;

/**
 * How long a call waits for a stream that gives no sign of life. Kernel: sound/core/pcm_lib.c,
 * wait_for_avail(); pcm_native.c, snd_pcm_drain().
 */
final class Patience {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long LEAST_SECONDS = 10;

    private Patience() {}

    /** Two periods in whole seconds, at least ten; for ever where no period wakes anybody. */
    static long nanos(@Nullable StreamParams params) {
        if (params == null) {
            return LEAST_SECONDS * SECOND_NANOS;
        }
        if (params.noPeriodWakeup()) {
            return Long.MAX_VALUE;
        }
        long seconds = params.periodSize() * 2 / params.rate();
        return Math.max(seconds, LEAST_SECONDS) * SECOND_NANOS;
    }
}
