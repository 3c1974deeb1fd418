package io.pcmshare.core.pcm;

import org.jspecify.annotations.Nullable;

/**
 * How long a call waits for a stream that gives no sign of life. Kernel: sound/core/pcm_lib.c,
 * wait_for_avail(); pcm_native.c, snd_pcm_drain(); since the autumn of 2023 by the buffer's length,
 * which is what 6.1.y answers: 1.1 s for a second of buffer. Before that it was ten seconds.
 */
final class Patience {
    private static final long MILLI_NANOS = 1_000_000L;
    private static final long LEAST_MILLIS = 100;

    /** A buffer and a tenth. */
    private static final long MILLIS_OF_SECOND_OF_BUFFER = 1100;

    private Patience() {}

    /** A tenth more than the buffer lasts; for ever where no period wakes anybody. */
    static long nanos(@Nullable StreamParams params) {
        if (params == null) {
            return LEAST_MILLIS * MILLI_NANOS;
        }
        if (params.noPeriodWakeup()) {
            return Long.MAX_VALUE;
        }
        long millis = params.bufferSize() * MILLIS_OF_SECOND_OF_BUFFER / params.rate();
        return Math.max(millis, LEAST_MILLIS) * MILLI_NANOS;
    }
}
