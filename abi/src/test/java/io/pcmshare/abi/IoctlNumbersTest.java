package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Numbers from a C compiler: x86-64, i386, i386 with _TIME_BITS=64. Headers: sound/asound.h and
 * linux/dma-buf.h and linux/sync_file.h of Linux 6.1; the UMP requests, CREATE, TRIGGER and
 * SET_DEADLINE as in Linux 6.12.
 */
final class IoctlNumbersTest {
    @ParameterizedTest
    @CsvSource({
        "PVERSION, 80045500, 80045500, 80045500",
        "CARD_INFO, 81785501, 81785501, 81785501",
        "ELEM_LIST, c0505510, c0485510, c0485510",
        "ELEM_INFO, c1105511, c1105511, c1105511",
        "ELEM_READ, c4c85512, c2c45512, c2c45512",
        "ELEM_WRITE, c4c85513, c2c45513, c2c45513",
        "ELEM_LOCK, 40405514, 40405514, 40405514",
        "ELEM_UNLOCK, 40405515, 40405515, 40405515",
        "SUBSCRIBE_EVENTS, c0045516, c0045516, c0045516",
        "ELEM_ADD, c1105517, c1105517, c1105517",
        "ELEM_REPLACE, c1105518, c1105518, c1105518",
        "ELEM_REMOVE, c0405519, c0405519, c0405519",
        "TLV_READ, c008551a, c008551a, c008551a",
        "TLV_WRITE, c008551b, c008551b, c008551b",
        "TLV_COMMAND, c008551c, c008551c, c008551c",
        "HWDEP_NEXT_DEVICE, c0045520, c0045520, c0045520",
        "HWDEP_INFO, 80dc5521, 80dc5521, 80dc5521",
        "PCM_NEXT_DEVICE, 80045530, 80045530, 80045530",
        "PCM_INFO, c1205531, c1205531, c1205531",
        "PCM_PREFER_SUBDEVICE, 40045532, 40045532, 40045532",
        "RAWMIDI_NEXT_DEVICE, c0045540, c0045540, c0045540",
        "RAWMIDI_INFO, c10c5541, c10c5541, c10c5541",
        "RAWMIDI_PREFER_SUBDEVICE, 40045542, 40045542, 40045542",
        "POWER, c00455d0, c00455d0, c00455d0",
        "POWER_STATE, 800455d1, 800455d1, 800455d1",
        "UMP_NEXT_DEVICE, c0045543, c0045543, c0045543",
        "UMP_ENDPOINT_INFO, c1485544, c1485544, c1485544",
        "UMP_BLOCK_INFO, c0b45545, c0b45545, c0b45545",
    })
    void controlRequestsHaveTheNumbersOfTheHeader(
            CtlIoctl ioctl, String lp64, String ilp32, String ilp32Time64) {
        assertNumbers(ioctl, lp64, ilp32, ilp32Time64);
        for (DataModel model : DataModel.values()) {
            assertThat(CtlIoctl.of(ioctl.request(model), model)).isSameAs(ioctl);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PVERSION, 80045400, 80045400, 80045400",
        "NEXT_DEVICE, c0145401, c0145401, c0145401",
        "TREAD_OLD, 40045402, 40045402, 40045402",
        "GINFO, c0f85403, c0e05403, c0e05403",
        "GPARAMS, 40485404, 403c5404, 403c5404",
        "GSTATUS, c0505405, c0405405, c0405405",
        "SELECT, 40345410, 40345410, 40345410",
        "INFO, 80e85411, 80e05411, 80e05411",
        "PARAMS, 40505412, 40505412, 40505412",
        "STATUS, 80605414, 80585414, 80605414",
        "START, 000054a0, 000054a0, 000054a0",
        "STOP, 000054a1, 000054a1, 000054a1",
        "CONTINUE, 000054a2, 000054a2, 000054a2",
        "PAUSE, 000054a3, 000054a3, 000054a3",
        "TREAD64, 400454a4, 400454a4, 400454a4",
        "CREATE, c02054a5, c02054a5, c02054a5",
        "TRIGGER, 000054a6, 000054a6, 000054a6",
    })
    void timerRequestsHaveTheNumbersOfTheHeader(
            TimerIoctl ioctl, String lp64, String ilp32, String ilp32Time64) {
        assertNumbers(ioctl, lp64, ilp32, ilp32Time64);
        for (DataModel model : DataModel.values()) {
            assertThat(TimerIoctl.of(ioctl.request(model), model)).isSameAs(ioctl);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PVERSION, 80044800, 80044800, 80044800",
        "INFO, 80dc4801, 80dc4801, 80dc4801",
        "MMAP_DATA_FD, c01055d2, c01055d2, c01055d2",
        "MMAP_DATA_FD_REALTEK, c01041e4, c01041e4, c01041e4",
    })
    void hwdepRequestsHaveTheNumbersOfTheHeader(
            HwdepIoctl ioctl, String lp64, String ilp32, String ilp32Time64) {
        assertNumbers(ioctl, lp64, ilp32, ilp32Time64);
        for (DataModel model : DataModel.values()) {
            assertThat(HwdepIoctl.of(ioctl.request(model), model)).isSameAs(ioctl);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SYNC, 40086200, 40086200, 40086200",
        "SET_NAME_A, 40046201, 40046201, 40046201",
        "SET_NAME_B, 40086201, 40086201, 40086201",
        "EXPORT_SYNC_FILE, c0086202, c0086202, c0086202",
        "IMPORT_SYNC_FILE, 40086203, 40086203, 40086203",
    })
    void dmaBufRequestsHaveTheNumbersOfTheHeader(
            DmaBufIoctl ioctl, String lp64, String ilp32, String ilp32Time64) {
        assertNumbers(ioctl, lp64, ilp32, ilp32Time64);
        for (DataModel model : DataModel.values()) {
            assertThat(DmaBufIoctl.of(ioctl.request(model), model)).isSameAs(ioctl);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MERGE, c0303e03, c0303e03, c0303e03",
        "FILE_INFO, c0383e04, c0383e04, c0383e04",
        "SET_DEADLINE, 40103e05, 40103e05, 40103e05",
    })
    void fenceRequestsHaveTheNumbersOfTheHeader(
            SyncIoctl ioctl, String lp64, String ilp32, String ilp32Time64) {
        assertNumbers(ioctl, lp64, ilp32, ilp32Time64);
        assertThat(SyncIoctl.of(ioctl.request(DataModel.LP64))).isSameAs(ioctl);
    }

    @Test
    void noRequestIsLeftOutOfTheTablesAbove() {
        assertThat(CtlIoctl.values()).hasSize(28);
        assertThat(TimerIoctl.values()).hasSize(17);
        assertThat(HwdepIoctl.values()).hasSize(4);
        assertThat(DmaBufIoctl.values()).hasSize(5);
        assertThat(SyncIoctl.values()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "ANONYMOUS_DUP_V1, 40044105",
        "ANONYMOUS_DUP, c0044105",
        "DMABUF_EXPORT, 80044170",
        "DMABUF_ATTACH, 40044171",
        "DMABUF_DETACH, 00004172",
        "FRAME_FENCE, c0104173",
    })
    void theNeverMergedRequestsHaveTheNumbersOfTheirPatches(PcmIoctl ioctl, String number) {
        assertNumbers(ioctl, number, number, number);
        assertThat(PcmIoctl.of(Integer.parseUnsignedInt(number, 16), DataModel.LP64))
                .isSameAs(ioctl);
    }

    @Test
    void pcmRequestsWithLongsOrTimesDifferBetweenModels() {
        assertNumbers(PcmIoctl.HW_PARAMS, "c2604111", "c25c4111", "c25c4111");
        assertNumbers(PcmIoctl.SW_PARAMS, "c0884113", "c0684113", "c0684113");
        assertNumbers(PcmIoctl.STATUS, "80984120", "806c4120", "80804120");
        assertNumbers(PcmIoctl.SYNC_PTR, "c0884123", "c0844123", "c0884123");
    }

    @Test
    void a32BitProgramIsKnownByItsNumberWhereTheLayoutsDiffer() {
        assertThat(PcmIoctl.of32(0x806c4120)).isEqualTo(request(PcmIoctl.STATUS, DataModel.ILP32));
        assertThat(PcmIoctl.of32(0x80804120))
                .isEqualTo(request(PcmIoctl.STATUS, DataModel.ILP32_TIME64));
        assertThat(PcmIoctl.of32(0xc0844123))
                .isEqualTo(request(PcmIoctl.SYNC_PTR, DataModel.ILP32));
        assertThat(PcmIoctl.of32(0xc0884123))
                .isEqualTo(request(PcmIoctl.SYNC_PTR, DataModel.ILP32_TIME64));
        assertThat(PcmIoctl.of32(0xc25c4111))
                .isEqualTo(request(PcmIoctl.HW_PARAMS, DataModel.ILP32));
    }

    @Test
    void theNumbersOfAnotherModelOrDeviceAreUnknown() {
        assertThat(PcmIoctl.of32(0xc2604111)).isNull();
        assertThat(PcmIoctl.of(0xc25c4111, DataModel.LP64)).isNull();
        assertThat(PcmIoctl.of(0x80045500, DataModel.LP64)).isNull();
        assertThat(CtlIoctl.of(0, DataModel.LP64)).isNull();
    }

    private static PcmIoctl.Request32 request(PcmIoctl ioctl, DataModel model) {
        return new PcmIoctl.Request32(ioctl, model);
    }

    private static void assertNumbers(Ioctl ioctl, String lp64, String ilp32, String ilp32Time64) {
        assertThat(ioctl.request(DataModel.LP64)).isEqualTo(Integer.parseUnsignedInt(lp64, 16));
        assertThat(ioctl.request(DataModel.ILP32)).isEqualTo(Integer.parseUnsignedInt(ilp32, 16));
        assertThat(ioctl.request(DataModel.ILP32_TIME64))
                .isEqualTo(Integer.parseUnsignedInt(ilp32Time64, 16));
    }
}
