package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmStream;

import org.junit.jupiter.api.Test;

/** What SW_PARAMS takes and refuses, as recorded in {@code probes-snd-dummy.txt} [B]. */
final class SoftwareParamsTest {
    private static final int EINVAL = Errno.EINVAL.negated();

    private final TestCard card = new TestCard(1);
    private final PcmFile file = card.prepared(PcmStream.PLAYBACK, 1024, 4096);
    private final SoftwareParams defaults = file.currentSwParams();
    private final long boundary = file.geometry().boundary();

    @Test
    void hardwareParametersBringTheKernelsDefaults() {
        assertThat(defaults.availMin()).isEqualTo(1024);
        assertThat(defaults.startThreshold()).isEqualTo(1);
        assertThat(defaults.stopThreshold()).isEqualTo(4096);
        assertThat(defaults.silenceThreshold()).isZero();
        assertThat(defaults.silenceSize()).isZero();
        assertThat(defaults.periodStep()).isEqualTo(1);
    }

    @Test
    void whatTheKernelRefusesIsRefusedAndChangesNothing() {
        assertThat(file.swParams(defaults.withAvailMin(0))).isEqualTo(EINVAL);
        assertThat(file.swParams(defaults.withSilence(1, boundary))).isEqualTo(EINVAL);
        assertThat(file.swParams(defaults.withSilence(1, -1))).isEqualTo(EINVAL);
        assertThat(file.swParams(defaults.withSilence(50, 100))).isEqualTo(EINVAL);
        assertThat(file.swParams(defaults.withSilence(5000, 100))).isEqualTo(EINVAL);
        assertThat(file.swParams(defaults.withSilence(-1, 100))).isEqualTo(EINVAL);

        assertThat(file.currentSwParams()).isEqualTo(defaults);
    }

    @Test
    void whatTheKernelTakesIsTaken() {
        assertThat(file.swParams(defaults.withAvailMin(1_000_000_000))).isZero();
        assertThat(file.swParams(defaults.withSilence(0, boundary))).isZero();
        assertThat(file.swParams(defaults.withSilence(0, -1))).isZero();
        assertThat(file.swParams(defaults.withSilence(100, 100))).isZero();
        assertThat(file.swParams(defaults.withStartThreshold(boundary))).isZero();
        assertThat(file.swParams(defaults.withStartThreshold(0))).isZero();
        assertThat(file.swParams(defaults.withStopThreshold(boundary))).isZero();
        assertThat(file.swParams(defaults.withStopThreshold(0))).isZero();
    }
}
