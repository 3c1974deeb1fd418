package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParamsFlag;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.params.HwParamSpace;

import org.junit.jupiter.api.Test;

/** A client that keeps time itself: SNDRV_PCM_HW_PARAMS_NO_PERIOD_WAKEUP. */
final class NoPeriodWakeupTest {
    private final TestCard card = new TestCard(1, PcmInfoFlag.NO_PERIOD_WAKEUP);
    private int wakeUps;

    @Test
    void nobodyIsWokenAtTheEndOfAPeriodButTheSamplesAreHeard() {
        PcmFile file = prepared(card);
        file.onWake(() -> wakeUps++);
        TestCard.transfer(file, 4000);
        wakeUps = 0;

        card.pass(3000);
        card.card.tick();

        assertThat(wakeUps).isZero();
        assertThat(TestCard.ops(file).heard()).hasSize(3000 * TestCard.FRAME_BYTES);
    }

    @Test
    void anXrunIsFoundByWhoeverLooks() {
        PcmFile file = prepared(card);
        TestCard.transfer(file, 4000);

        card.pass(9000);
        card.card.tick();
        assertThat(file.state()).as("there is no interrupt to find it").isEqualTo(PcmState.RUNNING);

        assertThat(file.hwsync()).isEqualTo(Errno.EPIPE.negated());
        assertThat(file.state()).isEqualTo(PcmState.XRUN);
    }

    @Test
    void aDrainEndsAllTheSame() {
        PcmFile file = prepared(card);
        TestCard.transfer(file, 2500);
        TestCard.check(file.drainStart());

        card.pass(2500);
        card.card.tick();

        assertThat(file.state()).isEqualTo(PcmState.SETUP);
    }

    /** Kernel: snd_pcm_hw_params(); the flag counts only together with the device's. */
    @Test
    void aDeviceThatCannotGoesOnWaking() {
        PcmFile file = prepared(new TestCard(1));

        assertThat(file.params().noPeriodWakeup()).isFalse();
    }

    private static PcmFile prepared(TestCard on) {
        PcmFile file = on.open(PcmStream.PLAYBACK);
        HwParamSpace space = TestCard.params(PcmAccess.RW_INTERLEAVED, 1000, 8000);
        space.flags(HwParamsFlag.NO_PERIOD_WAKEUP);
        TestCard.check(file.hwParams(space));
        TestCard.check(file.prepare());
        return file;
    }
}
