package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;

final class PcmFormatTest {
    @Test
    void thereAreAsManyFormatsAsInTheHeaderAndTheSameGaps() {
        assertThat(PcmFormat.values()).hasSize(51);
        assertThat(PcmFormat.of(29)).isNull();
        assertThat(PcmFormat.of(30)).isNull();
        assertThat(PcmFormat.of(53)).isNull();
        assertThat(PcmFormat.of(-1)).isNull();
        assertThat(PcmFormat.of(Integer.MAX_VALUE)).isNull();
    }

    /** Codes: sound/asound.h, SNDRV_PCM_FORMAT_*. */
    @ParameterizedTest
    @CsvSource({
        "S8, 0, 8, 8",
        "U8, 1, 8, 8",
        "S16_LE, 2, 16, 16",
        "U16_BE, 5, 16, 16",
        "S24_LE, 6, 24, 32",
        "U24_BE, 9, 24, 32",
        "S32_LE, 10, 32, 32",
        "U32_BE, 13, 32, 32",
        "FLOAT_LE, 14, 32, 32",
        "FLOAT64_BE, 17, 64, 64",
        "IEC958_SUBFRAME_LE, 18, 32, 32",
        "MU_LAW, 20, 8, 8",
        "A_LAW, 21, 8, 8",
        "IMA_ADPCM, 22, 4, 4",
        "GSM, 24, 0, 0",
        "S20_LE, 25, 20, 32",
        "U20_BE, 28, 20, 32",
        "SPECIAL, 31, 0, 0",
        "S24_3LE, 32, 24, 24",
        "U24_3BE, 35, 24, 24",
        "S20_3LE, 36, 20, 24",
        "S18_3LE, 40, 18, 24",
        "U18_3BE, 43, 18, 24",
        "G723_24, 44, 3, 3",
        "G723_40_1B, 47, 5, 8",
        "DSD_U8, 48, 8, 8",
        "DSD_U16_LE, 49, 16, 16",
        "DSD_U32_LE, 50, 32, 32",
        "DSD_U16_BE, 51, 16, 16",
        "DSD_U32_BE, 52, 32, 32",
    })
    void aFormatHasItsCodeAndWidths(PcmFormat format, int code, int width, int physicalWidth) {
        assertThat(format.code()).isEqualTo(code);
        assertThat(format.width()).isEqualTo(width);
        assertThat(format.physicalWidth()).isEqualTo(physicalWidth);
    }

    /** The first byte in memory is the last two digits. */
    @ParameterizedTest
    @CsvSource({
        "S16_LE, 0",
        "FLOAT_BE, 0",
        "IEC958_SUBFRAME_LE, 0",
        "MPEG, 0",
        "U8, 8080808080808080",
        "U16_LE, 8000800080008000",
        "U16_BE, 0080008000800080",
        "U24_LE, 0080000000800000",
        "U24_BE, 0000800000008000",
        "U32_LE, 8000000080000000",
        "U32_BE, 0000008000000080",
        "U20_LE, 0008000000080000",
        "U20_BE, 0000080000000800",
        "U24_3LE, 0000800000800000",
        "U24_3BE, 0080000080000080",
        "U20_3LE, 0000080000080000",
        "U20_3BE, 0008000008000008",
        "U18_3LE, 0000020000020000",
        "U18_3BE, 0002000002000002",
        "MU_LAW, 7f7f7f7f7f7f7f7f",
        "A_LAW, 5555555555555555",
        "DSD_U8, 6969696969696969",
        "DSD_U32_BE, 6969696969696969",
    })
    void silenceIsTheMiddleOfTheRange(PcmFormat format, String bytes) {
        assertThat(format.silence()).isEqualTo(Long.parseUnsignedLong(bytes, 16));
    }

    @ParameterizedTest
    @EnumSource(PcmFormat.class)
    void aFormatIsFoundByItsCodeAndHasItsBit(PcmFormat format) {
        assertThat(PcmFormat.of(format.code())).isSameAs(format);
        assertThat(Long.numberOfTrailingZeros(format.maskBit())).isEqualTo(format.code());
    }

    @ParameterizedTest
    @EnumSource(PcmFormat.class)
    void theNameSaysKindAndByteOrder(PcmFormat format) {
        String name = format.name();

        assertThat(format.isLittleEndian()).isEqualTo(name.endsWith("LE"));
        assertThat(format.isBigEndian()).isEqualTo(name.endsWith("BE"));
        assertThat(format.isFloat()).isEqualTo(name.startsWith("FLOAT"));
        assertThat(format.isSigned()).isEqualTo(name.matches("S\\d.*"));
        assertThat(format.isUnsigned()).isEqualTo(name.matches("U\\d.*"));
        assertThat(format.isLinear()).isEqualTo(name.matches("[SU]\\d.*"));
        assertThat(format.kind() == SampleKind.DSD).isEqualTo(name.startsWith("DSD"));
    }

    @Test
    void noTwoFormatsShareACode() {
        assertThat(Arrays.stream(PcmFormat.values()).map(PcmFormat::code)).doesNotHaveDuplicates();
    }
}
