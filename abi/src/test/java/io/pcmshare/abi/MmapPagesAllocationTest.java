package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.testkit.Allocations;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Both pages are used on the audio path: their accessors allocate nothing. */
final class MmapPagesAllocationTest {
    private static final int CYCLES = 10_000;

    @Test
    void aCycleOverBothPagesAllocatesNothing() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment statusPage = arena.allocate(4096, 4096);
            MemorySegment controlPage = arena.allocate(4096, 4096);
            Pages pages =
                    new Pages(
                            new MmapStatus(statusPage),
                            new MmapControl(controlPage),
                            new WakeStatus(statusPage),
                            new WakeControl(controlPage));
            long bytes = Allocations.bytesOnceWarm(() -> pages.cycle(CYCLES));

            assertThat(bytes).as("bytes in %s cycles", CYCLES).isZero();
            assertThat(pages.control.applPtr()).isPositive();
        }
    }

    private record Pages(
            MmapStatus status, MmapControl control, WakeStatus wakeStatus, WakeControl wake) {
        void cycle(int count) {
            for (int i = 0; i < count; i++) {
                status.tstampNanos(i);
                status.hwPtr(status.hwPtr() + 1);
                status.state(PcmState.RUNNING.code());
                control.applPtr(control.applPtr() + status.hwPtr() - status.hwPtr() + 2);
                control.availMin(control.availMin() + status.state());
                wakeStatus.wakeSeq(wakeStatus.wakeSeq() + 1 + wake.waiting());
                wakeStatus.kickWanted(1 - wakeStatus.kickWanted());
                wake.kick();
            }
        }
    }
}
