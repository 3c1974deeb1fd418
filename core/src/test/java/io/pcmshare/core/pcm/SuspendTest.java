package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;

import org.junit.jupiter.api.Test;

/**
 * What a machine's sleep does to the streams of a card. What a suspended stream answers is in
 * {@link RecordedMatrixTest}, column {@code SUSPENDED}.
 */
final class SuspendTest {
    private final TestCard card = new TestCard(3);

    @Test
    void everyStreamThatCouldMoveIsSuspendedAndNoOther() {
        PcmFile running = running();
        PcmFile prepared = card.prepared(PcmStream.CAPTURE, 1000, 8000);
        PcmFile setup = card.open(PcmStream.PLAYBACK);
        TestCard.check(setup.hwParams(TestCard.params(PcmAccess.RW_INTERLEAVED, 1000, 8000)));
        PcmFile open = card.open(PcmStream.PLAYBACK);

        assertThat(card.card.suspend()).isEqualTo(2);
        assertThat(card.card.suspend()).as("asleep already").isZero();

        assertThat(running.state()).isEqualTo(PcmState.SUSPENDED);
        assertThat(prepared.state()).isEqualTo(PcmState.SUSPENDED);
        assertThat(setup.state()).isEqualTo(PcmState.SETUP);
        assertThat(open.state()).isEqualTo(PcmState.OPEN);
        assertThat(running.status().suspendedState()).isEqualTo(PcmState.RUNNING);
        assertThat(running.hwsync()).isEqualTo(Errno.ESTRPIPE.negated());
    }

    /** No frame is lost and none is played in the sleep. */
    @Test
    void aResumedStreamGoesOnFromItsPlace() {
        PcmFile running = running();
        PcmFile prepared = card.prepared(PcmStream.CAPTURE, 1000, 8000);
        card.pass(100);
        card.card.suspend();
        assertThat(card.card.nextTickNanos()).as("nothing to tick for").isEqualTo(Long.MAX_VALUE);
        card.pass(800_000);
        card.card.tick();

        assertThat(card.card.resume()).isEqualTo(2);
        card.pass(50);

        assertThat(running.status().hwPtr()).isEqualTo(150);
        assertThat(running.state()).isEqualTo(PcmState.RUNNING);
        assertThat(prepared.state()).isEqualTo(PcmState.PREPARED);
    }

    @Test
    void aDrainGoesOnAfterTheSleep() {
        PcmFile draining = running();
        TestCard.check(draining.drainStart());
        card.card.suspend();
        card.pass(800_000);

        card.card.resume();
        card.pass(3999);
        card.card.tick();
        assertThat(draining.state()).isEqualTo(PcmState.DRAINING);
        card.pass(1);
        card.card.tick();

        assertThat(draining.state()).isEqualTo(PcmState.SETUP);
    }

    /** One that has finished must not keep awake those it is linked to. */
    @Test
    void linkedStreamsInDifferentStatesSleepAllTheSame() {
        PcmFile first = card.prepared(PcmStream.PLAYBACK, 1000, 8000);
        PcmFile second = card.prepared(PcmStream.PLAYBACK, 1000, 8000);
        TestCard.check(first.link(second));
        TestCard.check(first.applPtr(100));
        TestCard.check(second.applPtr(4000));
        TestCard.check(first.start());
        TestCard.check(first.drainStart());
        card.pass(100);
        card.card.tick();
        assertThat(first.state()).isEqualTo(PcmState.SETUP);
        assertThat(second.state()).isEqualTo(PcmState.DRAINING);

        assertThat(card.card.suspend()).isEqualTo(1);

        assertThat(first.state()).isEqualTo(PcmState.SETUP);
        assertThat(second.state()).isEqualTo(PcmState.SUSPENDED);
    }

    private PcmFile running() {
        PcmFile file = card.prepared(PcmStream.PLAYBACK, 1000, 8000);
        TestCard.check(file.applPtr(4000));
        TestCard.check(file.start());
        return file;
    }
}
