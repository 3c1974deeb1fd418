package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IocTest {
    @Test
    void aNumberIsTakenApartAndPutTogetherAgain() {
        // SNDRV_PCM_IOCTL_HW_PARAMS of x86-64
        int request = 0xc2604111;

        assertThat(Ioc.dir(request)).isEqualTo(Ioc.READ_WRITE);
        assertThat(Ioc.size(request)).isEqualTo(608);
        assertThat(Ioc.type(request)).isEqualTo('A');
        assertThat(Ioc.nr(request)).isEqualTo(0x11);
        assertThat(Ioc.encode(3, 'A', 0x11, 608)).isEqualTo(request);
    }

    @Test
    void theHighestBitsAreNotTakenForASign() {
        assertThat(Ioc.dir(-1)).isEqualTo(3);
        assertThat(Ioc.size(-1)).isEqualTo(0x3fff);
        assertThat(Ioc.type(-1)).isEqualTo(0xff);
        assertThat(Ioc.nr(-1)).isEqualTo(0xff);
    }

    @ParameterizedTest
    @CsvSource({"4, 65, 0, 0", "0, 256, 0, 0", "0, 65, 256, 0", "0, 65, 0, 16384", "0, 65, 0, -1"})
    void whatDoesNotFitIsRefused(int dir, int type, int nr, int size) {
        assertThatThrownBy(() -> Ioc.encode(dir, type, nr, size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size=" + size);
    }
}
