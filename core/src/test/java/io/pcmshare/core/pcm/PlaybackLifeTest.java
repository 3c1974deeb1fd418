package io.pcmshare.core.pcm;

import static io.pcmshare.core.pcm.TestCard.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.MmapControl;
import io.pcmshare.abi.MmapStatus;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.abi.TstampMode;
import io.pcmshare.abi.TstampType;

import org.junit.jupiter.api.Test;

/**
 * A playback stream's life at chosen times; the numbers are those of a Linux 6.1 kernel, {@code
 * probes-snd-dummy.txt} [D] and [F], its few frames of delay included.
 */
final class PlaybackLifeTest {
    private static final int EPIPE = Errno.EPIPE.negated();
    private static final int EAGAIN = Errno.EAGAIN.negated();

    private final TestCard card = new TestCard(2);
    private final PcmFile file = card.prepared(PcmStream.PLAYBACK, 1000, 8000);

    @Test
    void beforeTheStartNothingMovesAndTheWholeBufferIsFree() {
        card.pass(500);

        assertStatus(PcmState.PREPARED, 0, 0, 0, 8000);
    }

    @Test
    void positionsFollowTheClock() {
        assertThat(transfer(file, 4000)).isEqualTo(4000);

        card.pass(2);
        assertThat(assertStatus(PcmState.RUNNING, 4000, 2, 3998, 4002).availMax()).isEqualTo(4002);
        card.pass(1);
        assertThat(assertStatus(PcmState.RUNNING, 4000, 3, 3997, 4003).availMax()).isEqualTo(4003);
        card.pass(1609);
        assertThat(assertStatus(PcmState.RUNNING, 4000, 1612, 2388, 5612).availMax())
                .isEqualTo(5612);
    }

    @Test
    void theStatusPageMovesOnlyWhenSomebodyLooks() {
        MmapStatus page = new MmapStatus(file.memory().regions().status().memory());
        transfer(file, 4000);
        card.pass(480);

        assertThat(page.hwPtr()).isZero();
        file.hwsync();
        assertThat(page.hwPtr()).isEqualTo(480);
        card.pass(520);
        card.card.tick();
        assertThat(page.hwPtr()).isEqualTo(1000);
    }

    /** Recorded: 2937 pairs of STATUS with one hw_ptr, none with two times. */
    @Test
    void aPositionThatHasNotMovedKeepsItsTime() {
        SoftwareParams now = file.currentSwParams();
        file.swParams(
                new SoftwareParams(
                        TstampMode.ENABLE,
                        TstampType.MONOTONIC,
                        1,
                        now.availMin(),
                        now.startThreshold(),
                        now.stopThreshold(),
                        0,
                        0));
        transfer(file, 4000);
        card.pass(5);
        long movedAtNanos = card.clock.monotonicNanos();
        assertThat(file.status().tstampNanos()).isEqualTo(movedAtNanos);

        card.clock.advance(1000);

        assertThat(file.status().tstampNanos()).isEqualTo(movedAtNanos);
        assertThat(file.status().audioTstampNanos()).isEqualTo(5 * 125_000);
    }

    /** Recorded: who set a stop threshold of boundary may start with nothing, as dmix does. */
    @Test
    void aStreamThatNeverStopsMayStartEmpty() {
        long boundary = file.geometry().boundary();
        file.swParams(file.currentSwParams().withStopThreshold(boundary - 1));
        assertThat(file.start()).isEqualTo(EPIPE);

        file.swParams(file.currentSwParams().withStopThreshold(boundary));

        assertThat(file.start()).isZero();
        assertThat(file.state()).isEqualTo(PcmState.RUNNING);
    }

    @Test
    void itStartsWhenTheThresholdIsReachedAndNotAFrameBefore() {
        file.swParams(file.currentSwParams().withStartThreshold(2000));

        transfer(file, 1999);
        assertStatus(PcmState.PREPARED, 1999, 0, 0, 6001);
        transfer(file, 1);
        card.pass(1);
        assertStatus(PcmState.RUNNING, 2000, 1, 1999, 6001);
    }

    @Test
    void aThresholdAboveTheBufferNeverStartsNorDoesLoweringIt() {
        file.swParams(file.currentSwParams().withStartThreshold(9000));

        assertThat(transfer(file, 9000)).isEqualTo(8000);
        assertThat(transfer(file, 1)).isEqualTo(EAGAIN);
        file.swParams(file.currentSwParams().withStartThreshold(100));
        assertStatus(PcmState.PREPARED, 8000, 0, 0, 0);
    }

    /** Recorded, README 13.5: the threshold is compared as a signed number. */
    @Test
    void anEnormousThresholdIsNegativeAndStartsAtOnce() {
        file.swParams(file.currentSwParams().withStartThreshold(-1));

        transfer(file, 1);

        assertThat(file.state()).isEqualTo(PcmState.RUNNING);
    }

    @Test
    void resetForgetsWhatIsQueuedSoThatTheNextFrameIsAnXrun() {
        transfer(file, 4000);
        card.pass(1617);

        file.reset();

        assertStatus(PcmState.RUNNING, 1617, 1617, 0, 8000);
        card.pass(1);
        assertThat(transfer(file, 1000)).isEqualTo(EPIPE);
        assertStatus(PcmState.XRUN, 1617, 1618, 0, 8001);
    }

    @Test
    void anXrunLeavesThePointerPastTheClientsAndPrepareClearsBoth() {
        MmapStatus page = new MmapStatus(file.memory().regions().status().memory());
        transfer(file, 8000);
        card.pass(8002);

        card.card.tick();

        assertThat(page.state()).isEqualTo(PcmState.XRUN.code());
        assertStatus(PcmState.XRUN, 8000, 8002, 0, 8002);
        assertThat(transfer(file, 1)).isEqualTo(EPIPE);
        assertThat(file.prepare()).isZero();
        assertStatus(PcmState.PREPARED, 0, 0, 0, 8000);
    }

    @Test
    void aDrainEndsInSetupAndDropKeepsThePointers() {
        transfer(file, 8000);
        card.pass(7);
        assertThat(transfer(file, 2)).isEqualTo(2);
        file.drainStart();
        assertStatus(PcmState.DRAINING, 8002, 7, 7995, 5);

        card.pass(7999);
        assertThat(file.status().state()).as("sampled before the update").isEqualTo(DRAINING);
        assertStatus(PcmState.SETUP, 8002, 8006, 0, 8004);
        file.drop();
        assertStatus(PcmState.SETUP, 8002, 8006, 0, 8004);
    }

    private static final PcmState DRAINING = PcmState.DRAINING;

    @Test
    void aDrainIsHeardToItsLastFrameAndNotFurther() {
        transfer(file, 1500, 1);
        transfer(file, 11, 2);
        file.drainStart();
        TestCard.ring(file).asSlice(1511 * 4, 400).fill((byte) 3);

        card.pass(4000);
        card.card.tick();

        byte[] heard = TestCard.ops(file).heard();
        assertThat(heard).hasSize(1511 * 4).endsWith(2, 2, 2, 2);
    }

    @Test
    void withoutAStopThresholdItRunsOnWithANegativeDelay() {
        try (PcmFile small = card.prepared(PcmStream.PLAYBACK, 500, 2000)) {
            long boundary = small.geometry().boundary();
            small.swParams(small.currentSwParams().withStopThreshold(boundary));
            transfer(small, 1000);
            card.pass(4808);
            card.card.tick();

            StatusReport late = small.status();
            assertThat(late.state()).isEqualTo(PcmState.RUNNING);
            assertThat(late.delay()).isEqualTo(-3808);
            assertThat(late.avail()).isEqualTo(5808);
            assertThat(late.availMax()).isEqualTo(5808);
            assertThat(small.rewind(100)).isZero();
            assertThat(small.forward(100)).isEqualTo(100);
            assertThat(transfer(small, 3000)).isEqualTo(3000);
            card.pass(13);
            small.drainStart();
            StatusReport drained = small.status();
            assertThat(drained.state()).isEqualTo(PcmState.DRAINING);
            assertThat(drained.hwPtr()).isEqualTo(4821);
            assertThat(drained.avail()).isEqualTo(2721);
            assertThat(drained.delay()).isZero();
        }
    }

    @Test
    void rewindGivesWhatIsQueuedAndForwardWhatIsFree() {
        transfer(file, 4000);
        card.pass(1);

        assertThat(file.rewind(100_000)).isEqualTo(3999);
        assertThat(file.status().applPtr()).isEqualTo(1);
        assertThat(file.forward(100_000)).isEqualTo(8000);
        assertThat(file.status().applPtr()).isEqualTo(8001);
    }

    /** Recorded, README 5: a rewind below 0 wraps to boundary - n. */
    @Test
    void aCaptureRewindBelowZeroWrapsToTheBoundary() {
        PcmFile capture = card.prepared(PcmStream.CAPTURE, 1000, 8000);

        assertThat(capture.rewind(10)).isEqualTo(10);

        assertThat(capture.status().applPtr()).isEqualTo(capture.geometry().boundary() - 10);
    }

    @Test
    void anAbsurdPointerInTheControlPageIsAnXrunWithTheKernelsNumbers() {
        MmapControl page = new MmapControl(file.memory().regions().control().memory());
        page.applPtr(4000);
        file.start();
        card.pass(1642);
        page.applPtr(123_456_789);

        assertThat(file.hwsync()).isEqualTo(EPIPE);

        assertStatus(PcmState.XRUN, 123_456_789, 1642, 0, 9_007_199_254_617_544_853L);
    }

    @Test
    void aPauseStandsAndGoesOnFromItsPlace() {
        TestCard pausing = new TestCard(1, PcmInfoFlag.PAUSE);
        PcmFile paused = pausing.prepared(PcmStream.PLAYBACK, 1000, 8000);
        transfer(paused, 8000);
        pausing.pass(100);

        assertThat(paused.pause()).isZero();
        pausing.pass(5000);
        assertThat(paused.status().hwPtr()).isEqualTo(100);
        assertThat(transfer(paused, 200)).isEqualTo(100);
        assertThat(paused.pauseRelease()).isZero();
        pausing.pass(50);
        assertThat(paused.status().hwPtr()).isEqualTo(150);
    }

    @Test
    void aThresholdLoweredBelowWhatIsFreeStopsARunningStream() {
        transfer(file, 4000);

        assertThat(file.swParams(file.currentSwParams().withStopThreshold(1))).isEqualTo(EPIPE);

        assertThat(file.state()).isEqualTo(PcmState.XRUN);
    }

    @Test
    void withTopUpSilenceEveryFramePlayedIsSilencedAtOnce() {
        file.swParams(file.currentSwParams().withSilence(0, file.geometry().boundary()));
        TestCard.ring(file).fill((byte) 7);
        transfer(file, 3000, 1);
        assertThat(frame(3000)).as("what nobody has written is silent at the start").isZero();

        card.pass(1000);
        card.card.tick();

        assertThat(frame(999)).isZero();
        assertThat(frame(1000)).isEqualTo((byte) 1);
    }

    @Test
    void belowTheSilenceThresholdSilenceIsWrittenAheadOfTheClient() {
        file.swParams(file.currentSwParams().withSilence(2000, 2000));
        TestCard.ring(file).fill((byte) 7);
        transfer(file, 1000, 1);
        assertThat(frame(1999)).isZero();
        assertThat(frame(2000)).isEqualTo((byte) 7);

        card.pass(500);
        card.card.tick();
        // as in Linux 6.1, an update silences by the position that the update before it left
        card.pass(1);
        card.card.tick();

        assertThat(frame(999)).isEqualTo((byte) 1);
        assertThat(frame(1000)).isZero();
        assertThat(frame(2499)).isZero();
        assertThat(frame(2500)).isEqualTo((byte) 7);
    }

    private byte frame(long number) {
        return TestCard.ring(file).get(java.lang.foreign.ValueLayout.JAVA_BYTE, number * 4);
    }

    private StatusReport assertStatus(
            PcmState state, long applPtr, long hwPtr, long delay, long avail) {
        StatusReport report = file.status();
        assertThat(report.state()).isEqualTo(state);
        assertThat(report.applPtr()).as("applPtr").isEqualTo(applPtr);
        assertThat(report.hwPtr()).as("hwPtr").isEqualTo(hwPtr);
        assertThat(report.delay()).as("delay").isEqualTo(delay);
        assertThat(report.avail()).as("avail").isEqualTo(avail);
        return report;
    }
}
