package io.pcmshare.mix;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmFormat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.foreign.MemorySegment;

/** G.711 against its tables. */
final class CompandingTest {
    /** Ends, first steps and segment borders of ITU-T G.711, tables 1a to 2b, in 16 bits. */
    @ParameterizedTest
    @CsvSource({
        "A_LAW, 0xaa, 32256",
        "A_LAW, 0x2a, -32256",
        "A_LAW, 0xd5, 8",
        "A_LAW, 0x55, -8",
        "A_LAW, 0xd4, 24",
        "A_LAW, 0xc5, 264",
        "A_LAW, 0xf5, 528",
        "MU_LAW, 0x80, 32124",
        "MU_LAW, 0x00, -32124",
        "MU_LAW, 0xff, 0",
        "MU_LAW, 0x7f, 0",
        "MU_LAW, 0xfe, 8",
        "MU_LAW, 0xef, 132",
    })
    void aCodeMeansWhatTheTableSays(PcmFormat format, String code, int meaning) {
        assertThat(read(format, Integer.decode(code))).isEqualTo(meaning);
    }

    @ParameterizedTest
    @EnumSource(names = {"A_LAW", "MU_LAW"})
    void aCodeReadAndWrittenIsTheCode(PcmFormat format) {
        for (int code = 0; code < 256; code++) {
            int expected = format == PcmFormat.MU_LAW && code == 0xff ? 0x7f : code;
            assertThat(write(format, read(format, code))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"A_LAW", "MU_LAW"})
    void aNumberBecomesTheNearestThatThereIs(PcmFormat format) {
        for (int value = Short.MIN_VALUE; value <= Short.MAX_VALUE; value += 7) {
            int error = Math.abs(read(format, write(format, value)) - value);
            for (int code = 0; code < 256; code++) {
                assertThat(error).isLessThanOrEqualTo(Math.abs(read(format, code) - value));
            }
        }
    }

    private static int read(PcmFormat format, int code) {
        int[] value = new int[1];
        IntSamples.read(MemorySegment.ofArray(new byte[] {(byte) code}), 0, format, value, 1);
        return value[0];
    }

    private static int write(PcmFormat format, int value) {
        byte[] code = new byte[1];
        IntSamples.write(new int[] {value}, 1, MemorySegment.ofArray(code), 0, format);
        return code[0] & 0xff;
    }
}
