package io.pcmshare.bench.order;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.pcmshare.abi.MmapControl;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

import java.lang.foreign.MemorySegment;

/** The control page: written by the client, read by the core, which believes none of it. */
public class ControlPageOutcomes {
    private static final long LOW = 0x0000_0000_FFFF_FFFFL;
    private static final long HIGH = 0x7FFF_FFFF_0000_0000L;

    private ControlPageOutcomes() {}

    /** The page of one run. */
    @State
    public static class Page {
        final MmapControl control = new MmapControl(MemorySegment.ofArray(new long[2]));
    }

    /** The threshold is there before the pointer that it goes with. */
    @JCStressTest
    @Outcome(id = "0, [05]", expect = ACCEPTABLE, desc = "not announced")
    @Outcome(id = "1, 5", expect = ACCEPTABLE, desc = "both")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "the new pointer with the old threshold")
    public static class PointerCarriesTheThreshold {
        /** The client. */
        @Actor
        public void client(Page page) {
            page.control.availMin(5);
            page.control.applPtr(1);
        }

        /** The core. */
        @Actor
        public void core(Page page, JJ_Result seen) {
            seen.r1 = page.control.applPtr();
            seen.r2 = page.control.availMin();
        }
    }

    /** A pointer is read in one piece, and never goes back. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "none yet")
    @Outcome(id = "0, 4294967295", expect = ACCEPTABLE, desc = "moved in between")
    @Outcome(id = "0, 9223372032559808512", expect = ACCEPTABLE, desc = "moved in between")
    @Outcome(id = "4294967295, 4294967295", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "4294967295, 9223372032559808512", expect = ACCEPTABLE, desc = "moved")
    @Outcome(
            id = "9223372032559808512, 9223372032559808512",
            expect = ACCEPTABLE,
            desc = "the second")
    @Outcome(expect = FORBIDDEN, desc = "halves of two pointers, or one that went back")
    public static class PointerIsWhole {
        /** The client. */
        @Actor
        public void client(Page page) {
            page.control.applPtr(LOW);
            page.control.applPtr(HIGH);
        }

        /** The core. */
        @Actor
        public void core(Page page, JJ_Result seen) {
            seen.r1 = page.control.applPtr();
            seen.r2 = page.control.applPtr();
        }
    }
}
