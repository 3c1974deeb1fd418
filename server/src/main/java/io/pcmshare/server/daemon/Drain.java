package io.pcmshare.server.daemon;

import io.pcmshare.abi.PcmState;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.core.pcm.PcmFile;

import java.util.List;

/** Lets streams be heard to their end, when a server ends. Threads: control. */
final class Drain {
    /** Beside what is in the rings: what devices have, and a look or two. */
    private static final long EXTRA_NANOS = 300_000_000L;

    private Drain() {}

    /** Has all that play drain; for how long that may take at most, nanoseconds. */
    static long begin(List<Loan> loans) {
        long longest = 0;
        for (Loan loan : loans) {
            PcmFile file = loan.bayStream().file();
            if (!file.substream().isCapture() && file.state() == PcmState.RUNNING) {
                // what it answers is in the state
                var _ = file.drainStart();
                longest =
                        Math.max(
                                longest,
                                FrameTime.nanos(file.params().bufferSize(), file.params().rate()));
            }
        }
        return longest + EXTRA_NANOS;
    }

    /** Whether none drains any more. */
    static boolean isOver(List<Loan> loans) {
        return loans.stream()
                .noneMatch(loan -> loan.bayStream().file().state() == PcmState.DRAINING);
    }
}
