package io.pcmshare.bench.order;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.pcmshare.abi.MmapControl;
import io.pcmshare.abi.MmapStatus;
import io.pcmshare.abi.WakeControl;
import io.pcmshare.abi.WakeStatus;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

import java.lang.foreign.MemorySegment;

/** The words by which the two sides wake each other: nobody sleeps over what the other has done. */
public class WakeOutcomes {
    private static final int PAGE_LONGS = 512;

    private WakeOutcomes() {}

    /** Both pages of one run. */
    @State
    public static class Pages {
        private final MemorySegment statusPage = MemorySegment.ofArray(new long[PAGE_LONGS]);
        private final MemorySegment controlPage = MemorySegment.ofArray(new long[PAGE_LONGS]);
        final MmapStatus status = new MmapStatus(statusPage);
        final WakeStatus wakeStatus = new WakeStatus(statusPage);
        final MmapControl control = new MmapControl(controlPage);
        final WakeControl wakeControl = new WakeControl(controlPage);
    }

    /** The core counts a wake-up and looks whether somebody waits; the client the other way. */
    @JCStressTest
    @Outcome(
            id = "0, 1",
            expect = ACCEPTABLE,
            desc = "the client sees the count and does not sleep")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the core sees the sleeper and wakes it")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "the client sleeps over a period")
    public static class NoWakeUpIsLost {
        /** The core. */
        @Actor
        public void core(Pages pages, JJ_Result seen) {
            pages.wakeStatus.wakeSeq(1);
            seen.r1 = pages.wakeControl.waiting();
        }

        /** The client. */
        @Actor
        public void client(Pages pages, JJ_Result seen) {
            pages.wakeControl.waiting(1);
            seen.r2 = pages.wakeStatus.wakeSeq();
        }
    }

    /** The core wants a kick and looks at appl_ptr once more; the client the other way. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the client sees the wish and kicks")
    @Outcome(
            id = "1, 0",
            expect = ACCEPTABLE,
            desc = "the core sees the pointer and does not sleep")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "the core sleeps over what was written")
    public static class NoKickIsLost {
        /** The core. */
        @Actor
        public void core(Pages pages, JJ_Result seen) {
            pages.wakeStatus.kickWanted(1);
            seen.r1 = pages.control.applPtr();
        }

        /** The client. */
        @Actor
        public void client(Pages pages, JJ_Result seen) {
            pages.control.applPtr(1);
            seen.r2 = pages.wakeStatus.kickWanted();
        }
    }

    /** Whoever is woken finds what it was woken for. */
    @JCStressTest
    @Outcome(id = "0, [01]", expect = ACCEPTABLE, desc = "not woken")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "woken, and there it is")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "woken for nothing")
    public static class TheCountCarriesThePointer {
        /** The core. */
        @Actor
        public void core(Pages pages) {
            pages.status.hwPtr(1);
            pages.wakeStatus.wakeSeq(1);
        }

        /** The client. */
        @Actor
        public void client(Pages pages, JJ_Result seen) {
            seen.r1 = pages.wakeStatus.wakeSeq();
            seen.r2 = pages.status.hwPtr();
        }
    }
}
