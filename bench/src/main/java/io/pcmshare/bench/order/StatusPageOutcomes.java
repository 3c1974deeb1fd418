package io.pcmshare.bench.order;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.pcmshare.abi.MmapStatus;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

import java.lang.foreign.MemorySegment;

/** The status page: written by the core, read by a client that makes no call. */
public class StatusPageOutcomes {
    private static final int PAGE_LONGS = 7;
    private static final int RUNNING = 3;
    private static final int XRUN = 4;

    private StatusPageOutcomes() {}

    /** The page of one run. */
    @State
    public static class Page {
        final MmapStatus status = new MmapStatus(MemorySegment.ofArray(new long[PAGE_LONGS]));
    }

    /** Whoever sees a pointer sees the time that was taken for it, or a later one. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "nothing yet")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the time is on its way before its pointer")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "a pointer without its time")
    public static class PointerCarriesItsTime {
        /** The core. */
        @Actor
        public void core(Page page) {
            page.status.tstampNanos(1);
            page.status.hwPtr(1);
        }

        /** The client. */
        @Actor
        public void client(Page page, JJ_Result seen) {
            seen.r1 = page.status.hwPtr();
            seen.r2 = page.status.tstampNanos();
        }
    }

    /** Pointer, time, pointer again, over two updates: never a time older than the pointer. */
    @JCStressTest
    @Outcome(id = "0, [012], [012]", expect = ACCEPTABLE, desc = "read again, or none yet")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "a pair")
    @Outcome(id = "2, 2, 2", expect = ACCEPTABLE, desc = "a pair")
    @Outcome(id = "1, 2, 1", expect = ACCEPTABLE_INTERESTING, desc = "the next time, early")
    @Outcome(id = "1, [12], 2", expect = ACCEPTABLE, desc = "the pointer moved: read again")
    @Outcome(expect = FORBIDDEN, desc = "a time older than its pointer, or a pointer going back")
    public static class PointerTimePointer {
        /** The core. */
        @Actor
        public void core(Page page) {
            page.status.tstampNanos(1);
            page.status.hwPtr(1);
            page.status.tstampNanos(2);
            page.status.hwPtr(2);
        }

        /** The client. */
        @Actor
        public void client(Page page, JJJ_Result seen) {
            seen.r1 = page.status.hwPtr();
            seen.r2 = page.status.tstampNanos();
            seen.r3 = page.status.hwPtr();
        }
    }

    /** Whoever sees XRUN sees the pointer at which it happened. */
    @JCStressTest
    @Outcome(id = "3, [01]", expect = ACCEPTABLE, desc = "still running")
    @Outcome(id = "4, 1", expect = ACCEPTABLE, desc = "stopped, and where")
    @Outcome(id = "4, 0", expect = FORBIDDEN, desc = "stopped, somewhere")
    @Outcome(id = "0, [01]", expect = ACCEPTABLE, desc = "not started")
    public static class StateCarriesThePointer {
        /** The core. */
        @Actor
        public void core(Page page) {
            page.status.state(RUNNING);
            page.status.hwPtr(1);
            page.status.state(XRUN);
        }

        /** The client. */
        @Actor
        public void client(Page page, JJ_Result seen) {
            seen.r1 = page.status.state();
            seen.r2 = page.status.hwPtr();
        }
    }
}
