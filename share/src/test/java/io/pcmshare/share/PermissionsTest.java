package io.pcmshare.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PermMode;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;

final class PermissionsTest {
    private static final long ALL_BITS = (1L << Permission.values().length) - 1;

    @Test
    void everySetOfBitsComesBackAsItself() {
        for (long bits = 0; bits <= ALL_BITS; bits++) {
            assertThat(Permissions.ofBits(bits).bits()).isEqualTo(bits);
        }
        assertThat(Permissions.FULL.bits()).isEqualTo(ALL_BITS);
    }

    @Test
    void aBitThatStandsForNothingIsRefused() {
        for (int bit = Permission.values().length; bit < Long.SIZE; bit++) {
            long unknown = 1L << bit;
            assertThatThrownBy(() -> Permissions.ofBits(unknown | 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void andHoldsWhatBothHold() {
        Seeds.forEach(
                2_000,
                random -> {
                    long a = random.nextLong(ALL_BITS + 1);
                    long b = random.nextLong(ALL_BITS + 1);
                    Permissions both = Permissions.ofBits(a).and(Permissions.ofBits(b));

                    assertThat(both.bits()).isEqualTo(a & b);
                    assertThat(Permissions.ofBits(a).covers(both)).isTrue();
                    assertThat(Permissions.ofBits(b).ioctls()).containsAll(both.ioctls());
                });
    }

    @Test
    void everyCallBelongsToAtMostOnePermission() {
        for (PcmIoctl ioctl : PcmIoctl.values()) {
            long holders =
                    java.util.Arrays.stream(Permission.values())
                            .filter(permission -> permission.ioctls().contains(ioctl))
                            .count();
            assertThat(holders).as("%s", ioctl).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void theBufferModeOpensNoCall() {
        assertThat(Permissions.of(PermMode.BUFFER).ioctls()).isEmpty();
        assertThat(Permissions.PAGES.ioctls()).isEmpty();
        assertThat(Permissions.of(PermMode.FULL)).isEqualTo(Permissions.FULL);
    }
}
