package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.testkit.Allocations;

import org.junit.jupiter.api.Test;

/** The audio path allocates nothing. */
final class TickAllocationTest {
    private static final int CYCLES = 10_000;

    private final TestCard card = new TestCard(1);
    private final PcmFile playback = card.prepared(PcmStream.PLAYBACK, 1000, 8000);
    private final PcmFile capture = card.prepared(PcmStream.CAPTURE, 1000, 8000);
    private final UserFrames user = (ring, ringOffset, userOffset, bytes) -> 0;
    private long wakeUps;

    @Test
    void ticksAllocateNothing() {
        playback.onWake(() -> wakeUps++);
        playback.swParams(
                playback.currentSwParams().withSilence(0, playback.geometry().boundary()));
        TestCard.check(playback.transfer(user, 8000));
        TestCard.check(capture.start());

        long bytes = Allocations.bytesOnceWarm(() -> cycles(CYCLES));

        assertThat(bytes).as("bytes in %s cycles", CYCLES).isZero();
        assertThat(wakeUps).isGreaterThan(CYCLES);
    }

    /** A period passes: the tick, and what a mapped client does about it. */
    private void cycles(int count) {
        for (int i = 0; i < count; i++) {
            card.clock.advanceTo(card.card.nextTickNanos());
            card.card.tick();
            PcmRuntime p = playback.substream().runtime();
            p.applPtr(p.geometry.advance(p.applPtr(), 1000));
            PcmRuntime c = capture.substream().runtime();
            c.applPtr(c.geometry.advance(c.applPtr(), 1000));
        }
        if (playback.state() != PcmState.RUNNING || capture.state() != PcmState.RUNNING) {
            throw new AssertionError(playback.state() + ", " + capture.state());
        }
    }

    /** What a Java program calls; for ioctls see {@link CallAllocationTest}. */
    @Test
    void callsAllocateNothing() {
        TestCard.check(playback.transfer(user, 8000));

        long bytes = Allocations.bytesOnceWarm(() -> callCycles(CYCLES));

        assertThat(bytes).as("bytes in %s cycles", CYCLES).isZero();
    }

    private void callCycles(int count) {
        for (int i = 0; i < count; i++) {
            card.pass(1000);
            if (playback.hwsync() < 0 || playback.transfer(user, 1000) != 1000) {
                throw new AssertionError(playback.state());
            }
        }
    }
}
