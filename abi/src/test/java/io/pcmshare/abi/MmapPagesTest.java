package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Accessors of the status and the control page, in memory of each kind. */
final class MmapPagesTest {
    /** The highest bit of a 32-bit word, so that a wrong widening shows. */
    private static final long HIGH = 0x8000_0001L;

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void theStatusReadsBackWhatWasStored(DataModel model) {
        MmapStatus status = new MmapStatus(MemorySegment.ofArray(new long[8]), model);

        status.hwPtr(HIGH);
        status.state(PcmState.XRUN.code());
        status.suspendedState(PcmState.RUNNING.code());
        status.tstampNanos(1_700_000_000_123_456_789L);
        status.audioTstamp(3, 4);

        assertThat(status.hwPtr()).isEqualTo(HIGH);
        assertThat(status.state()).isEqualTo(4);
        assertThat(status.suspendedState()).isEqualTo(3);
        assertThat(status.tstampNanos()).isEqualTo(1_700_000_000_123_456_789L);
        assertThat(status.audioTstampNanos()).isEqualTo(3_000_000_004L);
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void theControlReadsBackWhatWasStored(DataModel model) {
        MmapControl control = new MmapControl(MemorySegment.ofArray(new long[2]), model);

        control.applPtr(HIGH);
        control.availMin(HIGH + 1);

        assertThat(control.applPtr()).isEqualTo(HIGH);
        assertThat(control.availMin()).isEqualTo(HIGH + 1);
    }

    @Test
    void the64BitPagesHoldPointersWiderThan32Bits() {
        MemorySegment page = MemorySegment.ofArray(new long[8]);

        new MmapStatus(page).hwPtr(0x7d00_0000_0000_0000L);

        assertThat(page.get(ValueLayout.JAVA_LONG, 8)).isEqualTo(0x7d00_0000_0000_0000L);
    }

    @Test
    void a32BitControlStoresTheLowBitsAndNothingBehindThem() {
        MemorySegment page = MemorySegment.ofArray(new int[3]);
        MmapControl control = new MmapControl(page, DataModel.ILP32_TIME64);

        control.applPtr(0xffff_ffff_0000_0005L);

        assertThat(page.toArray(ValueLayout.JAVA_INT)).containsExactly(5, 0, 0);
        assertThat(control.applPtr()).isEqualTo(5);
    }

    @Test
    void a32BitPageMayBeAlignedTo4Bytes() {
        MemorySegment odd = MemorySegment.ofArray(new int[16]).asSlice(4);

        MmapStatus status = new MmapStatus(odd, DataModel.ILP32);
        status.hwPtr(77);

        assertThat(status.hwPtr()).isEqualTo(77);
    }

    @Test
    void a64BitPageMustBeAlignedTo8Bytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment odd = arena.allocate(64, 8).asSlice(4);

            assertThatThrownBy(() -> new MmapStatus(odd))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
