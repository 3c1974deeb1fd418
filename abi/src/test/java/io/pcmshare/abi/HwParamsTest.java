package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

final class HwParamsTest {
    /** Odd, so that nothing is aligned. */
    private static final int ODD = 3;

    private final byte[] bytes = new byte[ODD + 608];
    private final MemorySegment memory = MemorySegment.ofArray(bytes).asSlice(ODD);
    private final HwParams params = new HwParams(memory, DataModel.LP64);

    @Test
    void theLowBitsOfAMaskLeaveTheOthersAlone() {
        memory.fill((byte) 0xff);

        params.maskLow64(HwParam.FORMAT, PcmFormat.S16_LE.maskBit() | PcmFormat.S24_3LE.maskBit());

        assertThat(params.maskLow64(HwParam.FORMAT)).isEqualTo(0x1_0000_0004L);
        assertThat(params.maskWord(HwParam.FORMAT, 0)).isEqualTo(4);
        assertThat(params.maskWord(HwParam.FORMAT, 1)).isEqualTo(1);
        for (int word = 2; word < 8; word++) {
            assertThat(params.maskWord(HwParam.FORMAT, word)).isEqualTo(-1);
        }
        assertThat(params.maskLow64(HwParam.ACCESS)).isEqualTo(-1);
        assertThat(params.maskLow64(HwParam.SUBFORMAT)).isEqualTo(-1);
    }

    @Test
    void masksAndIntervalsLieWhereTheHeaderPutsThem() {
        params.maskWord(HwParam.SUBFORMAT, 7, 1);
        params.interval(HwParam.RATE, 2, 3, IntervalFlag.INTEGER);

        // sound/asound.h, x86-64: masks + 2 * 32 + 7 * 4; intervals + 3 * 12
        assertThat(memory.get(ValueLayout.JAVA_INT_UNALIGNED, 96)).isEqualTo(1);
        assertThat(memory.get(ValueLayout.JAVA_INT_UNALIGNED, 296)).isEqualTo(2);
        assertThat(memory.get(ValueLayout.JAVA_INT_UNALIGNED, 300)).isEqualTo(3);
        assertThat(memory.get(ValueLayout.JAVA_INT_UNALIGNED, 304)).isEqualTo(4);
    }

    @Test
    void theEndsOfAnIntervalAreUnsigned() {
        params.interval(HwParam.TICK_TIME, 0xffff_fffeL, 0xffff_ffffL, IntervalFlag.OPENMAX);

        assertThat(params.intervalMin(HwParam.TICK_TIME)).isEqualTo(0xffff_fffeL);
        assertThat(params.intervalMax(HwParam.TICK_TIME)).isEqualTo(0xffff_ffffL);
        assertThat(params.intervalFlags(HwParam.TICK_TIME)).isEqualTo(2);
    }

    @Test
    void theEndsOfAnIntervalAreStoredOneByOneAsWell() {
        params.intervalMin(HwParam.CHANNELS, 1);
        params.intervalMax(HwParam.CHANNELS, 2);
        params.intervalFlags(HwParam.CHANNELS, IntervalFlag.EMPTY);

        assertThat(params.intervalMin(HwParam.CHANNELS)).isEqualTo(1);
        assertThat(params.intervalMax(HwParam.CHANNELS)).isEqualTo(2);
        assertThat(params.intervalFlags(HwParam.CHANNELS)).isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void theOtherFieldsReadBack(DataModel model) {
        HwParams view = new HwParams(memory, model);

        view.flags(HwParamsFlag.NO_PERIOD_WAKEUP);
        view.rmask(0x7ff07);
        view.cmask(HwParam.RATE.bit());
        view.info(PcmInfoFlag.FIFO_IN_FRAMES);
        view.msbits(20);
        view.rateNum(44100);
        view.rateDen(1);
        view.fifoSize(0xffff_ffffL);

        assertThat(view.flags()).isEqualTo(4);
        assertThat(view.rmask()).isEqualTo(0x7ff07);
        assertThat(view.cmask()).isEqualTo(1 << 11);
        assertThat(view.info()).isEqualTo(0x8000_0000);
        assertThat(view.msbits()).isEqualTo(20);
        assertThat(view.rateNum()).isEqualTo(44100);
        assertThat(view.rateDen()).isEqualTo(1);
        assertThat(view.fifoSize()).isEqualTo(0xffff_ffffL);
    }

    @Test
    void aMaskIsNoIntervalAndTheOtherWayRound() {
        assertThatThrownBy(() -> params.intervalMin(HwParam.ACCESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ACCESS");
        assertThatThrownBy(() -> params.maskLow64(HwParam.RATE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RATE");
        assertThatThrownBy(() -> params.maskWord(HwParam.ACCESS, 8))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void clearSetsEveryByteOfTheStructAndNoOther() {
        MemorySegment.ofArray(bytes).fill((byte) 1);

        new HwParams(memory, DataModel.ILP32).clear();

        assertThat(bytes[ODD - 1]).isEqualTo((byte) 1);
        assertThat(memory.asSlice(0, 604).mismatch(MemorySegment.ofArray(new byte[604])))
                .isEqualTo(-1);
        assertThat(memory.get(ValueLayout.JAVA_BYTE, 604)).isEqualTo((byte) 1);
    }
}
