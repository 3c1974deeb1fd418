package io.pcmshare.core.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.CtlElemValue;
import io.pcmshare.abi.CtlIoctl;
import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.core.user.SegmentMemory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.foreign.MemorySegment;

/** The volume that is heard, as a program sets it. */
final class MasterVolumeTest {
    private static final long ADDRESS = 0x1000;
    private static final int VOLUME = 1;
    private static final int SWITCH = 2;
    private static final int CAPTURE = 3;

    private final ControlSet set = TestCards.empty();
    private final MasterVolume master = MasterVolume.addTo(set);
    private final CtlFile file = set.open(1);

    private int write(int numid, long left, long right) {
        return write(file, numid, left, right);
    }

    private static int write(CtlFile file, int numid, long left, long right) {
        MemorySegment memory = MemorySegment.ofArray(new byte[2048]);
        CtlElemValue value = new CtlElemValue(memory, DataModel.LP64);
        value.id().numid(numid);
        value.integer(0, left);
        value.integer(1, right);
        return file.ioctl(
                CtlIoctl.ELEM_WRITE.request(DataModel.LP64),
                ADDRESS,
                new SegmentMemory(memory, ADDRESS),
                false);
    }

    @Test
    void atFirstSamplesAreLeftAsTheyAre() {
        assertThat(master.playback().gainQ16(0)).isEqualTo(Gain.UNITY);
        assertThat(master.playback().gainQ16(1)).isEqualTo(Gain.UNITY);
        assertThat(master.capture().gainQ16(0)).isEqualTo(Gain.UNITY);
    }

    @ParameterizedTest
    @CsvSource({"100, 65536", "88, 32846", "60, 6554", "1, 220", "0, 0"})
    void aStepIsHalfADecibelAndTheLeastIsSilence(int value, int gain) {
        write(VOLUME, value, 100);

        assertThat(master.playback().gainQ16(0)).isEqualTo(gain);
        assertThat(master.playback().gainQ16(1)).isEqualTo(Gain.UNITY);
    }

    @Test
    void theSwitchSilencesOneSide() {
        write(SWITCH, 1, 0);

        assertThat(master.playback().gainQ16(0)).isEqualTo(Gain.UNITY);
        assertThat(master.playback().gainQ16(1)).isZero();
    }

    @Test
    void theVolumeIsKeptWhileTheSwitchIsOff() {
        write(VOLUME, 60, 60);
        write(SWITCH, 0, 0);
        write(SWITCH, 1, 1);

        assertThat(master.playback().gainQ16(0)).isEqualTo(6554);
    }

    @Test
    void theCaptureVolumeIsAnother() {
        write(CAPTURE, 60, 60);

        assertThat(master.capture().gainQ16(1)).isEqualTo(6554);
        assertThat(master.playback().gainQ16(1)).isEqualTo(Gain.UNITY);
    }

    @Test
    void aVolumeOutOfRangeIsRefusedAndNotHeard() {
        assertThat(write(VOLUME, 101, 0)).isEqualTo(Errno.EINVAL.negated());

        assertThat(master.playback().gainQ16(1)).isEqualTo(Gain.UNITY);
    }

    /** Recorded: snd-dummy's Master has 150 steps of 0.3 dB; it has no switch of its own. */
    @Test
    void theDummysOwnMasterIsHeardAndBeginsAtFullVolume() {
        ControlSet dummy = TestCards.empty();
        MasterVolume heard = MasterVolume.addWithDummyTo(dummy);
        CtlFile mixer = dummy.open(1);

        assertThat(heard.playback().gainQ16(0)).isEqualTo(Gain.UNITY);
        assertThat(write(mixer, 1, -50, 80)).isNotNegative();

        // −45 dB and −6 dB
        assertThat(heard.playback().gainQ16(0)).isEqualTo(369);
        assertThat(heard.playback().gainQ16(1)).isEqualTo(32846);
        assertThat(write(mixer, 12, 1, 0)).as("Master Playback Switch").isNotNegative();
        assertThat(heard.playback().gainQ16(1)).isZero();
        assertThat(write(mixer, 13, 0, 100)).as("Capture Volume").isNotNegative();
        assertThat(heard.capture().gainQ16(0)).isZero();
    }
}
