package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.abi.XferI;

import org.junit.jupiter.api.Test;

/**
 * A call that waits for a stream that gives no sign of life: EIO after the time of its buffer and a
 * tenth. The figures are a Linux 6.1 kernel's with snd-dummy, a second of buffer: 1.1 s. Kernel:
 * sound/core/pcm_lib.c, wait_for_avail(); pcm_native.c, snd_pcm_drain().
 */
final class PatienceTest {
    private static final long SECOND = 1_000_000_000L;

    /** For 8000 frames at 8000 Hz. */
    private static final long PATIENCE = SECOND * 11 / 10;

    private static final long PENDING = BlockingCall.PENDING;
    private static final int EIO = Errno.EIO.negated();

    private final TestCard card = new TestCard(2, PcmInfoFlag.PAUSE);
    private final TestCaller caller = new TestCaller(false);

    @Test
    void aReadOfAStreamThatNobodyStartsEndsAfterABufferAndATenth() {
        PcmFile file = blocking(PcmStream.CAPTURE, 1000, 8000);
        file.swParams(file.currentSwParams().withStartThreshold(5000));

        assertThat(transfer(file, 100)).isEqualTo(PENDING);
        elapse(PATIENCE - 1);
        assertThat(caller.poll()).as("not a nanosecond before").isEqualTo(PENDING);
        elapse(1);

        assertThat(caller.poll()).isEqualTo(EIO);
        assertThat(result()).isEqualTo(EIO);
        assertThat(file.state()).isEqualTo(PcmState.PREPARED);
    }

    @Test
    void aWriteThatCannotFinishAnswersWhatHasGone() {
        PcmFile file = blocking(PcmStream.PLAYBACK, 1000, 8000);
        file.swParams(file.currentSwParams().withStartThreshold(9000));

        assertThat(transfer(file, 9000)).isEqualTo(PENDING);
        elapse(PATIENCE);

        assertThat(caller.poll()).isZero();
        assertThat(result()).isEqualTo(8000);
    }

    @Test
    void theTickIsDueWhenTheFirstCallGivesUp() {
        PcmFile file = blocking(PcmStream.CAPTURE, 1000, 8000);
        file.swParams(file.currentSwParams().withStartThreshold(5000));
        assertThat(card.card.nextTickNanos()).isEqualTo(Long.MAX_VALUE);

        transfer(file, 100);

        assertThat(card.card.nextTickNanos()).isEqualTo(card.clock.monotonicNanos() + PATIENCE);
    }

    @Test
    void aShortBufferIsGivenATenthOfASecondAndOneThatWakesNobodyForEver() {
        assertThat(Patience.nanos(params(64, false))).isEqualTo(SECOND / 10);
        assertThat(Patience.nanos(params(64, true))).isEqualTo(Long.MAX_VALUE);
    }

    private static StreamParams params(long bufferSize, boolean noPeriodWakeup) {
        return new StreamParams(
                PcmStream.CAPTURE,
                PcmAccess.RW_INTERLEAVED,
                PcmFormat.U8,
                1,
                5500,
                bufferSize / 2,
                bufferSize,
                noPeriodWakeup);
    }

    @Test
    void aPausedStreamIsWaitedForWithoutAnEnd() {
        PcmFile file = blocking(PcmStream.PLAYBACK, 1000, 8000);
        transfer(file, 8000);
        TestCard.check(file.pause());

        assertThat(transfer(file, 100)).isEqualTo(PENDING);
        for (int i = 0; i < 5; i++) {
            elapse(2 * PATIENCE);
            assertThat(caller.poll()).isEqualTo(PENDING);
        }
        TestCard.check(file.pauseRelease());
        elapse(SECOND / 2);

        assertThat(caller.poll()).isZero();
        assertThat(result()).isEqualTo(100);
    }

    @Test
    void aDrainOfAStreamThatStandsEndsInSetup() {
        PcmFile file = blocking(PcmStream.PLAYBACK, 1000, 8000);
        transfer(file, 4000);
        file.substream().ops().trigger(TriggerCommand.PAUSE_PUSH, card.clock.monotonicNanos());

        assertThat(drain(file)).isEqualTo(PENDING);
        elapse(PATIENCE);

        assertThat(caller.poll()).isEqualTo(EIO);
        assertThat(file.state()).isEqualTo(PcmState.SETUP);
    }

    @Test
    void everySignOfLifeStartsThePatienceAnew() {
        PcmFile file = blocking(PcmStream.PLAYBACK, 1000, 8000);
        file.swParams(file.currentSwParams().withStartThreshold(9000));
        transfer(file, 9000);
        elapse(PATIENCE - 1);
        TestCard.check(file.start());
        TestCard.check(file.pause());
        caller.poll();
        TestCard.check(file.pauseRelease());
        caller.poll();

        elapse(SECOND / 4);

        assertThat(caller.poll()).as("a thousand frames have gone").isZero();
        assertThat(result()).isEqualTo(9000);
    }

    /** What lockstep skips is nobody's wait; nor does it skip to the end of a wait. */
    @Test
    void lockstepMakesNoCallFailThatRealTimeWouldNot() {
        PcmFile waiting = blocking(PcmStream.CAPTURE, 1000, 8000);
        waiting.swParams(waiting.currentSwParams().withStartThreshold(5000));
        Lockstep lockstep = new Lockstep(card.card, card.clock);
        assertThat(transfer(waiting, 100)).isEqualTo(PENDING);

        assertThat(lockstep.step()).as("nothing moves").isFalse();
        PcmFile playing = card.prepared(PcmStream.PLAYBACK, 1000, 8000);
        for (int i = 0; i < 200; i++) {
            TestCard.transfer(playing, 8000);
            while (lockstep.step()) {
                // a period of sound in no time
            }
        }
        assertThat(card.clock.monotonicNanos()).isGreaterThan(20 * SECOND);
        assertThat(caller.poll()).as("nobody has waited for any of it").isEqualTo(PENDING);

        lockstep.elapse(PATIENCE);
        assertThat(caller.poll()).isEqualTo(EIO);
    }

    @Test
    void aCallWhoseFileIsTakenAwayWaitsNoMore() {
        PcmFile file = blocking(PcmStream.CAPTURE, 1000, 8000);
        file.swParams(file.currentSwParams().withStartThreshold(5000));
        transfer(file, 100);

        file.revoke();

        assertThat(caller.poll()).isEqualTo(Errno.ENODEV.negated());
    }

    /**
     * Kernel: snd_pcm_drain() waits for all that are linked, whichever is heard to its end first.
     */
    @Test
    void aDrainWaitsForTheLongestOfLinkedStreams() {
        PcmFile shorter = blocking(PcmStream.PLAYBACK, 1000, 8000);
        PcmFile longer = card.prepared(PcmStream.PLAYBACK, 1000, 8000);
        longer.swParams(longer.currentSwParams().withStartThreshold(9000));
        shorter.swParams(shorter.currentSwParams().withStartThreshold(9000));
        TestCard.check(shorter.link(longer));
        TestCard.transfer(longer, 6000);
        transfer(shorter, 2000);
        TestCard.check(shorter.start());

        assertThat(drain(shorter)).isEqualTo(PENDING);
        elapse(SECOND / 2);
        assertThat(caller.poll()).as("its own end").isEqualTo(PENDING);
        assertThat(shorter.state()).isEqualTo(PcmState.SETUP);
        elapse(SECOND);

        assertThat(caller.poll()).isZero();
    }

    /** Kernel: __snd_pcm_lib_xfer(), "if (!avail) ... SNDRV_PCM_STATE_DRAINING". */
    @Test
    void aReadThatWaitsEndsWhenSomebodyElseDrains() {
        PcmFile file = blocking(PcmStream.CAPTURE, 1000, 8000);
        transfer(file, 4000);
        elapse(SECOND / 4);
        assertThat(caller.poll()).isEqualTo(PENDING);
        card.pass(500);

        file.drainStart();

        assertThat(caller.poll()).isZero();
        assertThat(result()).isEqualTo(2000);
    }

    private PcmFile blocking(PcmStream stream, long periodSize, long bufferSize) {
        PcmFile file = card.open(stream, OpenFlags.RDWR, PcmDevice.ANY_SUBDEVICE);
        TestCard.check(
                file.hwParams(TestCard.params(PcmAccess.RW_INTERLEAVED, periodSize, bufferSize)));
        TestCard.check(file.prepare());
        return file;
    }

    private void elapse(long nanos) {
        card.clock.advance(nanos);
        card.card.tick();
    }

    private long transfer(PcmFile file, long frames) {
        XferI xfer = new XferI(caller.memory, DataModel.LP64);
        xfer.result(0);
        xfer.buf(TestCaller.BASE + 4096);
        xfer.frames(frames);
        boolean capture = file.substream().isCapture();
        PcmIoctl ioctl = capture ? PcmIoctl.READI_FRAMES : PcmIoctl.WRITEI_FRAMES;
        return file.ioctl(ioctl.request(DataModel.LP64), TestCaller.BASE, caller);
    }

    private long drain(PcmFile file) {
        return file.ioctl(PcmIoctl.DRAIN.request(DataModel.LP64), 0, caller);
    }

    private long result() {
        return new XferI(caller.memory, DataModel.LP64).result();
    }
}
