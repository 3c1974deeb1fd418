package io.pcmshare.bench.order;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.pcmshare.abi.MmapControl;
import io.pcmshare.abi.MmapStatus;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Samples are plain; the pointer that covers them publishes them, in both directions. */
public class RingOutcomes {
    private static final int PAGE_LONGS = 7;

    private RingOutcomes() {}

    /** A ring of one sample and its two pages. */
    @State
    public static class Ring {
        final MmapStatus status = new MmapStatus(MemorySegment.ofArray(new long[PAGE_LONGS]));
        final MmapControl control = new MmapControl(MemorySegment.ofArray(new long[2]));
        private final MemorySegment samples = MemorySegment.ofArray(new long[1]);

        long sample() {
            return samples.get(ValueLayout.JAVA_SHORT, 0);
        }

        void sample(int value) {
            samples.set(ValueLayout.JAVA_SHORT, 0, (short) value);
        }
    }

    /** Playback: below appl_ptr the core finds what the client wrote. */
    @JCStressTest
    @Outcome(id = "0, [07]", expect = ACCEPTABLE, desc = "not announced, so not looked at")
    @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "announced and there")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "a stale sample is played")
    public static class WrittenBelowApplPtr {
        /** The client. */
        @Actor
        public void client(Ring ring) {
            ring.sample(7);
            ring.control.applPtr(1);
        }

        /** The core. */
        @Actor
        public void core(Ring ring, JJ_Result seen) {
            seen.r1 = ring.control.applPtr();
            seen.r2 = ring.sample();
        }
    }

    /** Capture: below hw_ptr the client finds what the core recorded. */
    @JCStressTest
    @Outcome(id = "0, [07]", expect = ACCEPTABLE, desc = "not announced, so not looked at")
    @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "announced and there")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "a stale sample is read")
    public static class RecordedBelowHwPtr {
        /** The core. */
        @Actor
        public void core(Ring ring) {
            ring.sample(7);
            ring.status.hwPtr(1);
        }

        /** The client. */
        @Actor
        public void client(Ring ring, JJ_Result seen) {
            seen.r1 = ring.status.hwPtr();
            seen.r2 = ring.sample();
        }
    }

    /** Playback: a place is free only when the core has read it. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the core has read, or the client has waited")
    @Outcome(id = "0, 7", expect = FORBIDDEN, desc = "what comes a ring later is played now")
    public static class OverwrittenAfterHwPtr {
        /** The core. */
        @Actor
        public void core(Ring ring, JJ_Result seen) {
            seen.r2 = ring.sample();
            ring.status.hwPtr(1);
        }

        /** The client. */
        @Actor
        public void client(Ring ring) {
            if (ring.status.hwPtr() == 1) {
                ring.sample(7);
            }
        }
    }

    /** Both pointers of a period: what is heard was written, whoever was faster. */
    @JCStressTest
    @Outcome(id = "0, 0, [01]", expect = ACCEPTABLE, desc = "the core came first")
    @Outcome(id = "1, 7, [01]", expect = ACCEPTABLE, desc = "announced, heard, taken")
    @Outcome(expect = FORBIDDEN, desc = "heard before it was written")
    public static class APeriodThere {
        /** The client: writes, announces, and looks whether it was taken. */
        @Actor
        public void client(Ring ring, JJJ_Result seen) {
            ring.sample(7);
            ring.control.applPtr(1);
            seen.r3 = ring.status.hwPtr();
        }

        /** The core: takes what is announced. */
        @Actor
        public void core(Ring ring, JJJ_Result seen) {
            long announced = ring.control.applPtr();
            if (announced == 1) {
                seen.r1 = announced;
                seen.r2 = ring.sample();
                ring.status.hwPtr(announced);
            }
        }
    }
}
