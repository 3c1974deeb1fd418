package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.List;

/**
 * Sizes and offsets from a C compiler, the same on x86-64 and i386: linux/sync_file.h and
 * linux/dma-buf.h, 6.1.
 */
final class SyncFileLayoutTest {
    private static List<Long> offsets(Layouts layouts, DataModel model, String... members) {
        StructLayout layout = layouts.of(model);
        return List.of(members).stream()
                .map(name -> layout.byteOffset(PathElement.groupElement(name)))
                .toList();
    }

    @Test
    void theStructsOfFencesLieAsTheHeaderSays() {
        for (DataModel model : DataModel.values()) {
            Layouts merge = SyncMergeData.layouts();
            Layouts file = SyncFileInfo.layouts();
            Layouts fence = SyncFenceInfo.layouts();

            assertThat(merge.of(model).byteSize()).isEqualTo(48);
            assertThat(offsets(merge, model, "name", "fd2", "fence", "flags", "pad"))
                    .containsExactly(0L, 32L, 36L, 40L, 44L);
            assertThat(file.of(model).byteSize()).isEqualTo(56);
            assertThat(
                            offsets(
                                    file,
                                    model,
                                    "name",
                                    "status",
                                    "flags",
                                    "num_fences",
                                    "pad",
                                    "sync_fence_info"))
                    .containsExactly(0L, 32L, 36L, 40L, 44L, 48L);
            assertThat(fence.of(model).byteSize()).isEqualTo(80);
            assertThat(
                            offsets(
                                    fence,
                                    model,
                                    "obj_name",
                                    "driver_name",
                                    "status",
                                    "flags",
                                    "timestamp_ns"))
                    .containsExactly(0L, 32L, 64L, 68L, 72L);
        }
    }

    @Test
    void whatHandsFencesOutLiesAsTheHeaderSays() {
        for (DataModel model : DataModel.values()) {
            Layouts dmaBuf = DmaBufSyncFile.layouts();
            Layouts frame = PcmFrameFence.layouts();

            assertThat(dmaBuf.of(model).byteSize()).isEqualTo(8);
            assertThat(offsets(dmaBuf, model, "flags", "fd")).containsExactly(0L, 4L);
            assertThat(frame.of(model).byteSize()).isEqualTo(16);
            assertThat(offsets(frame, model, "frame", "fd", "flags")).containsExactly(0L, 8L, 12L);
        }
    }

    @Test
    void whatIsStoredIsReadBackOnUnalignedMemory() {
        MemorySegment memory = MemorySegment.ofArray(new byte[100]).asSlice(1);
        SyncFenceInfo info = new SyncFenceInfo(memory);

        info.objName("playback");
        info.driverName("a name that is too long for thirty-two bytes");
        info.status(-130);
        info.timestampNanos(1L << 40);

        assertThat(info.objName()).isEqualTo("playback");
        assertThat(info.driverName()).isEqualTo("a name that is too long for thi");
        assertThat(info.status()).isEqualTo(-130);
        assertThat(info.timestampNanos()).isEqualTo(1L << 40);
    }
}
