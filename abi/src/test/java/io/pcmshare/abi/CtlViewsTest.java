package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Views of the structs of control and timer devices, on unaligned bytes. */
final class CtlViewsTest {
    private final MemorySegment memory = MemorySegment.ofArray(new byte[2048]).asSlice(1);

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void anElementsRangeReadsBackWithItsSign(DataModel model) {
        CtlElemInfo info = new CtlElemInfo(memory, model);

        info.range(-50, 100, 3);

        assertThat(info.min()).isEqualTo(-50);
        assertThat(info.max()).isEqualTo(100);
        assertThat(info.step()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void anElementsWideRangeIsWideInEveryModel(DataModel model) {
        CtlElemInfo info = new CtlElemInfo(memory, model);

        info.range64(Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40);

        assertThat(info.min64()).isEqualTo(Long.MIN_VALUE);
        assertThat(info.max64()).isEqualTo(Long.MAX_VALUE);
        assertThat(info.step64()).isEqualTo(1L << 40);
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void theLastValueOfEachTypeLiesInsideTheStruct(DataModel model) {
        CtlElemValue value = new CtlElemValue(memory, model);

        value.integer(CtlElemValue.MAX_WORDS - 1, -7);
        assertThat(value.integer(CtlElemValue.MAX_WORDS - 1)).isEqualTo(-7);
        value.integer64(CtlElemValue.MAX_INT64 - 1, Long.MIN_VALUE);
        assertThat(value.integer64(CtlElemValue.MAX_INT64 - 1)).isEqualTo(Long.MIN_VALUE);
        value.item(CtlElemValue.MAX_WORDS - 1, 5);
        assertThat(value.item(CtlElemValue.MAX_WORDS - 1)).isEqualTo(5);
    }

    @Test
    void theNameOfAnItemLeavesTheBytesBehindItAlone() {
        memory.fill((byte) 0x7f);
        CtlElemInfo info = new CtlElemInfo(memory, DataModel.LP64);

        info.itemName("None");

        assertThat(info.itemName()).isEqualTo("None");
        assertThat(memory.get(ValueLayout.JAVA_BYTE, 88 + 5)).isEqualTo((byte) 0x7f);
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void anEventOfATimerReadsBack(DataModel model) {
        TimerTread event = new TimerTread(memory, model);

        event.event(TimerEvent.MSTOP.code());
        event.tstampNanos(1_700_000_000_123_456_789L);
        event.val(9);

        assertThat(event.event()).isEqualTo(13);
        assertThat(event.tstampNanos()).isEqualTo(1_700_000_000_123_456_789L);
        assertThat(event.val()).isEqualTo(9);
    }
}
