package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.util.Arrays;
import java.util.List;

/** Layouts against abi-ctl-timer.txt, which a C compiler wrote (abi-ctl-timer.c). */
final class CtlTimerLayoutTest {
    private static final AbiText TEXT = AbiText.read("abi-ctl-timer.txt");

    static List<AbiText.Struct> structs() {
        return TEXT.structs();
    }

    static List<AbiText.Field> fields() {
        return TEXT.fields();
    }

    @Test
    void everyLineOfTheTextIsUnderstood() {
        assertThat(TEXT.unknown()).isEmpty();
        assertThat(TEXT.structs()).hasSize(3 * 18);
        assertThat(TEXT.fields()).hasSize(3 * 104);
    }

    @ParameterizedTest
    @MethodSource("structs")
    void aStructHasTheSizeAndAlignmentOfTheHeader(AbiText.Struct expected) {
        MemoryLayout layout = layout(expected.name(), expected.model());

        assertThat(layout.byteSize()).isEqualTo(expected.bytes());
        assertThat(layout.byteAlignment()).isEqualTo(expected.align());
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldLiesWhereTheHeaderPutsIt(AbiText.Field expected) {
        StructLayout layout = layout(expected.struct(), expected.model());
        PathElement[] path =
                Arrays.stream(expected.name().split("\\.", -1))
                        .map(MemoryLayout.PathElement::groupElement)
                        .toArray(PathElement[]::new);

        assertThat(layout.byteOffset(path)).isEqualTo(expected.offset());
        assertThat(layout.select(path).byteSize()).isEqualTo(expected.bytes());
    }

    @Test
    void theValuesOfAnElementLieInAUnion() {
        StructLayout layout = CtlElemValue.layout(DataModel.ILP32);

        assertThat(layout.byteOffset(groupElement("indirect"))).isEqualTo(64);
        assertThat(layout.byteOffset(groupElement("value"))).isEqualTo(68);
    }

    private static StructLayout layout(String struct, DataModel model) {
        return switch (struct) {
            case "snd_ctl_card_info" -> CtlCardInfo.layout(model);
            case "snd_ctl_elem_id" -> CtlElemId.layout(model);
            case "snd_ctl_elem_list" -> CtlElemList.layout(model);
            case "snd_ctl_elem_info" -> CtlElemInfo.layout(model);
            case "snd_ctl_elem_value" -> CtlElemValue.layout(model);
            case "snd_ctl_tlv" -> CtlTlv.layout(model);
            case "snd_ctl_event" -> CtlEvent.layout(model);
            case "snd_hwdep_info" -> HwdepInfo.layout(model);
            case "snd_timer_id" -> TimerId.layout(model);
            case "snd_timer_ginfo" -> TimerGinfo.layout(model);
            case "snd_timer_gparams" -> TimerGparams.layout(model);
            case "snd_timer_gstatus" -> TimerGstatus.layout(model);
            case "snd_timer_select" -> TimerSelect.layout(model);
            case "snd_timer_info" -> TimerInfo.layout(model);
            case "snd_timer_params" -> TimerParams.layout(model);
            case "snd_timer_status" -> TimerStatus.layout(model);
            case "snd_timer_read" -> TimerRead.layout(model);
            case "snd_timer_tread" -> TimerTread.layout(model);
            default -> throw new IllegalArgumentException("struct=" + struct);
        };
    }
}
