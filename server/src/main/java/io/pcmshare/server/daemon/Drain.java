package io.pcmshare.server.daemon;

import io.pcmshare.abi.PcmState;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.StreamParams;

import java.util.List;

/** Lets streams be heard to their end, when a server ends. Threads: control. */
final class Drain {
    /** Beside what is in the rings: what devices have, and a look or two. */
    private static final long EXTRA_NANOS = 300_000_000L;

    private Drain() {}

    /** Has all that play drain; for how long that may take at most, nanoseconds. */
    static long begin(List<Held> streams) {
        long longest = 0;
        for (Held held : streams) {
            PcmFile file = held.bayStream().file();
            if (!file.substream().isCapture() && file.state() == PcmState.RUNNING) {
                // what it answers is in the state
                var _ = file.drainStart();
                StreamParams params = file.paramsIfAny();
                longest =
                        params == null
                                ? longest // a guest has closed it
                                : Math.max(
                                        longest,
                                        FrameTime.nanos(params.bufferSize(), params.rate()));
            }
        }
        return longest + EXTRA_NANOS;
    }

    /** Whether none drains any more. */
    static boolean isOver(List<Held> streams) {
        return streams.stream()
                .noneMatch(held -> held.bayStream().file().state() == PcmState.DRAINING);
    }
}
