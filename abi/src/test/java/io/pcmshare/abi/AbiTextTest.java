package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.util.Arrays;
import java.util.List;

/** Layouts and numbers against abi.txt, which a C compiler wrote. */
final class AbiTextTest {
    private static final AbiText TEXT = AbiText.read("abi.txt");

    static List<AbiText.Struct> structs() {
        return TEXT.structs();
    }

    static List<AbiText.Field> fields() {
        return TEXT.fields();
    }

    static List<AbiText.Request> requests() {
        return TEXT.requests();
    }

    @Test
    void everyLineOfTheTextIsUnderstood() {
        assertThat(TEXT.unknown()).isEmpty();
        // Counted in the file, so that a pattern that matches nothing does not pass.
        assertThat(TEXT.structs()).hasSize(3 * 14);
        assertThat(TEXT.fields()).hasSize(3 * 74);
        assertThat(TEXT.requests()).hasSize(3 * 37);
    }

    @ParameterizedTest
    @MethodSource("structs")
    void aStructHasTheSizeAndAlignmentOfTheHeader(AbiText.Struct expected) {
        if (expected.name().equals("snd_pcm_uframes_t")) {
            assertThat(expected.model().longBytes()).isEqualTo(expected.bytes());
        } else {
            MemoryLayout layout = layout(expected.name(), expected.model());

            assertThat(layout.byteSize()).isEqualTo(expected.bytes());
            assertThat(layout.byteAlignment()).isEqualTo(expected.align());
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldLiesWhereTheHeaderPutsIt(AbiText.Field expected) {
        StructLayout layout = layout(expected.struct(), expected.model());

        assertThat(layout.byteOffset(groupElement(expected.name()))).isEqualTo(expected.offset());
        assertThat(layout.select(groupElement(expected.name())).byteSize())
                .isEqualTo(expected.bytes());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestHasTheNumberOfTheHeader(AbiText.Request expected) {
        Ioctl ioctl = ioctl(expected.name());

        assertThat(ioctl.request(expected.model())).isEqualTo(expected.number());
        assertThat(ioctl.dir()).isEqualTo(expected.dir());
        assertThat(ioctl.nr()).isEqualTo(expected.nr());
        assertThat(ioctl.argBytes(expected.model())).isEqualTo(expected.bytes());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestIsFoundByItsNumber(AbiText.Request expected) {
        Ioctl found =
                expected.name().startsWith("PCM_")
                        ? PcmIoctl.of(expected.number(), expected.model())
                        : CtlIoctl.of(expected.number(), expected.model());

        assertThat(found).isSameAs(ioctl(expected.name()));
    }

    @Test
    void noPcmRequestOfTheHeaderIsMissing() {
        List<String> known = Arrays.stream(PcmIoctl.values()).map(Enum::name).toList();

        assertThat(known)
                .containsAll(
                        TEXT.requests().stream()
                                .map(AbiText.Request::name)
                                .filter(name -> name.startsWith("PCM_"))
                                .map(AbiTextTest::constant)
                                .toList());
    }

    @Test
    void theProtocolVersionIsTheHeaders() {
        assertThat(TEXT.versions())
                .containsOnly("SNDRV_PCM_VERSION 2.0.15")
                .hasSize(DataModel.values().length);
        assertThat(ProtocolVersion.PCM).isEqualTo(ProtocolVersion.of(2, 0, 15)).isEqualTo(0x2000f);
    }

    @Test
    void mmapOffsetsAreTheHeaders() {
        assertThat(TEXT.mmapOffsets())
                .hasSize(DataModel.values().length)
                .allSatisfy(
                        line ->
                                assertThat(line)
                                        .contains("data " + MmapOffset.DATA)
                                        .contains(old(MmapOffset.STATUS_OLD, MmapOffset.STATUS_NEW))
                                        .contains(
                                                old(
                                                        MmapOffset.CONTROL_OLD,
                                                        MmapOffset.CONTROL_NEW)));
    }

    private static String old(long before, long since) {
        return "(old 0x" + Long.toHexString(before) + ", new 0x" + Long.toHexString(since) + ")";
    }

    private static Ioctl ioctl(String name) {
        return name.startsWith("PCM_")
                ? PcmIoctl.valueOf(constant(name))
                : CtlIoctl.valueOf(constant(name));
    }

    /** {@code PCM_IOCTL_HW_FREE} is {@code HW_FREE}. */
    private static String constant(String name) {
        return name.substring(name.indexOf("IOCTL_") + "IOCTL_".length());
    }

    private static StructLayout layout(String struct, DataModel model) {
        return switch (struct) {
            case "snd_pcm_info" -> PcmInfo.LAYOUT;
            case "snd_interval" -> HwParams.INTERVAL;
            case "snd_mask" -> HwParams.MASK;
            case "snd_pcm_hw_params" -> HwParams.layout(model);
            case "snd_pcm_sw_params" -> SwParams.layout(model);
            case "snd_pcm_channel_info" -> PcmChannelInfo.layout(model);
            case "snd_pcm_status" -> PcmStatus.layout(model);
            case "snd_pcm_mmap_status" -> MmapStatus.layout(model);
            case "snd_pcm_mmap_control" -> MmapControl.layout(model);
            case "snd_pcm_sync_ptr" -> SyncPtr.layout(model);
            case "snd_xferi" -> XferI.layout(model);
            case "snd_xfern" -> XferN.layout(model);
            case "timespec" -> Timespec.layout(model);
            default -> throw new IllegalArgumentException("struct=" + struct);
        };
    }
}
