package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes as sound/asound.h of Linux 6.1 has them. */
final class CodesTest {
    @Test
    void statesAreNumberedFromOpenToDisconnected() {
        assertThat(PcmState.values())
                .extracting(PcmState::code)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(PcmState.of(4)).isSameAs(PcmState.XRUN);
        assertThat(PcmState.of(9)).isNull();
        assertThat(PcmState.of(-1)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, 0", "NA, 1", "MONO, 2", "FL, 3", "FR, 4", "RL, 5", "RR, 6", "FC, 7", "LFE, 8",
        "SL, 9", "SR, 10", "RC, 11", "RRC, 15", "FRH, 20", "TC, 21", "TRC, 27", "TSR, 31",
                "BRC, 36",
    })
    void positionsOfChannelsAreNumbered(ChannelPosition position, int code) {
        assertThat(position.code()).isEqualTo(code);
        assertThat(ChannelPosition.of(code)).isSameAs(position);
        assertThat(ChannelPosition.of(37)).isNull();
    }

    @Test
    void directionsAreNumbered() {
        assertThat(PcmStream.of(0)).isSameAs(PcmStream.PLAYBACK);
        assertThat(PcmStream.of(1)).isSameAs(PcmStream.CAPTURE);
        assertThat(PcmStream.of(2)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "MMAP_INTERLEAVED, 0, true, true",
        "MMAP_NONINTERLEAVED, 1, true, false",
        "MMAP_COMPLEX, 2, true, false",
        "RW_INTERLEAVED, 3, false, true",
        "RW_NONINTERLEAVED, 4, false, false",
    })
    void anAccessSaysWhetherItMapsAndInterleaves(
            PcmAccess access, int code, boolean mmap, boolean interleaved) {
        assertThat(PcmAccess.of(code)).isSameAs(access);
        assertThat(access.maskBit()).isEqualTo(1L << code);
        assertThat(access.isMmap()).isEqualTo(mmap);
        assertThat(access.isInterleaved()).isEqualTo(interleaved);
    }

    @ParameterizedTest
    @CsvSource({
        "ACCESS, 0, true, 0",
        "FORMAT, 1, true, 1",
        "SUBFORMAT, 2, true, 2",
        "SAMPLE_BITS, 8, false, 0",
        "FRAME_BITS, 9, false, 1",
        "CHANNELS, 10, false, 2",
        "RATE, 11, false, 3",
        "PERIOD_TIME, 12, false, 4",
        "PERIOD_SIZE, 13, false, 5",
        "PERIOD_BYTES, 14, false, 6",
        "PERIODS, 15, false, 7",
        "BUFFER_TIME, 16, false, 8",
        "BUFFER_SIZE, 17, false, 9",
        "BUFFER_BYTES, 18, false, 10",
        "TICK_TIME, 19, false, 11",
    })
    void aParameterHasItsPlaceAmongMasksOrIntervals(
            HwParam param, int code, boolean mask, int index) {
        assertThat(HwParam.of(code)).isSameAs(param);
        assertThat(param.isMask()).isEqualTo(mask);
        assertThat(param.index()).isEqualTo(index);
        assertThat(param.bit()).isEqualTo(1 << code);
    }

    @Test
    void theSmallEnumsAreNumbered() {
        assertThat(PcmSubformat.of(0)).isSameAs(PcmSubformat.STD);
        assertThat(PcmSubformat.STD.maskBit()).isEqualTo(1);
        assertThat(TstampMode.of(1)).isSameAs(TstampMode.ENABLE);
        assertThat(TstampType.of(0)).isSameAs(TstampType.GETTIMEOFDAY);
        assertThat(TstampType.of(1)).isSameAs(TstampType.MONOTONIC);
        assertThat(TstampType.of(2)).isSameAs(TstampType.MONOTONIC_RAW);
        assertThat(PermMode.of(0)).isSameAs(PermMode.FULL);
        assertThat(PermMode.of(1)).isSameAs(PermMode.BUFFER);
        assertThat(PermMode.of(2)).isNull();
    }

    @Test
    void whatSndDummyCanDoIsWhatItSays() {
        // Recorded: snd-dummy answers info=0x40103.
        assertThat(
                        PcmInfoFlag.MMAP
                                | PcmInfoFlag.MMAP_VALID
                                | PcmInfoFlag.INTERLEAVED
                                | PcmInfoFlag.RESUME)
                .isEqualTo(0x40103);
    }

    @Test
    void versionsAreTheHeaders() {
        assertThat(ProtocolVersion.CTL).isEqualTo(0x20008);
        assertThat(ProtocolVersion.TIMER).isEqualTo(0x20007);
        assertThat(ProtocolVersion.HWDEP).isEqualTo(0x10001);
    }

    @Test
    void anErrorNumberHasANameEvenWhereLinuxHasNone() {
        assertThat(Errno.of(77)).isSameAs(Errno.EBADFD);
        assertThat(Errno.EPIPE.negated()).isEqualTo(-32);
        assertThat(Errno.nameOf(86)).isEqualTo("ESTRPIPE");
        assertThat(Errno.nameOf(41)).isEqualTo("E41");
        assertThat(Errno.of(0)).isNull();
        assertThat(Errno.of(-5)).isNull();
    }
}
