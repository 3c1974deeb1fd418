package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;

import org.junit.jupiter.api.Test;

/** Plain numbers from a C compiler; header: sound/asound.h, Linux 6.1, x86-64 and i386. */
final class MmapStatusLayoutTest {
    @Test
    void theStatusPageOfA64BitProgramHas56Bytes() {
        assertThat(MmapStatus.LAYOUT.byteSize()).isEqualTo(56);
        assertThat(offset("state")).isEqualTo(0);
        assertThat(offset("hw_ptr")).isEqualTo(8);
        assertThat(offset("tstamp")).isEqualTo(16);
        assertThat(offset("suspended_state")).isEqualTo(32);
        assertThat(offset("audio_tstamp")).isEqualTo(40);
    }

    @Test
    void a32BitStatusHas32BytesOr56WithA64BitTime() {
        assertThat(MmapStatus.layout(DataModel.ILP32).byteSize()).isEqualTo(32);
        assertThat(MmapStatus.layout(DataModel.ILP32_TIME64).byteSize()).isEqualTo(56);
    }

    @Test
    void theControlPageOfA64BitProgramHas16Bytes() {
        assertThat(MmapControl.LAYOUT.byteSize()).isEqualTo(16);
        assertThat(MmapControl.LAYOUT.byteOffset(groupElement("appl_ptr"))).isEqualTo(0);
        assertThat(MmapControl.LAYOUT.byteOffset(groupElement("avail_min"))).isEqualTo(8);
    }

    @Test
    void a32BitControlHas8BytesOr12WithTheSlipInTheHeader() {
        assertThat(MmapControl.layout(DataModel.ILP32).byteSize()).isEqualTo(8);
        assertThat(MmapControl.layout(DataModel.ILP32_TIME64).byteSize()).isEqualTo(12);
    }

    private static long offset(String name) {
        return MmapStatus.LAYOUT.byteOffset(groupElement(name));
    }
}
