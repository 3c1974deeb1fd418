package io.pcmshare.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PermMode;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

final class PermissionsTest {
    private static final int TOP = Integer.MIN_VALUE;

    private static long allBits() {
        return Arrays.stream(Right.values()).mapToLong(Right::bit).reduce(0, (a, b) -> a | b);
    }

    @Test
    void everyRightHasABitOfItsOwn() {
        assertThat(Long.bitCount(allBits())).isEqualTo(Right.values().length);
        assertThat(Permissions.FULL.bits()).isEqualTo(allBits());
    }

    @Test
    void aBitThatStandsForNothingIsRefused() {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long one = 1L << bit;
            if ((one & allBits()) == 0) {
                assertThatThrownBy(() -> new Permissions(one | 1))
                        .isInstanceOf(IllegalArgumentException.class);
            } else {
                assertThat(new Permissions(one).bits()).isEqualTo(one);
            }
        }
    }

    @Test
    void andHoldsWhatBothHold() {
        Seeds.forEach(
                2_000,
                random -> {
                    Permissions a = new Permissions(random.nextLong() & allBits());
                    Permissions b = new Permissions(random.nextLong() & allBits());
                    Permissions both = a.and(b);

                    assertThat(both.bits()).isEqualTo(a.bits() & b.bits());
                    assertThat(a.covers(both) && b.covers(both)).isTrue();
                    assertThat(b.ioctls()).containsAll(both.ioctls());
                });
    }

    @ParameterizedTest
    @EnumSource(PcmIoctl.class)
    void everyCallHasARightAndAtMostOneGroup(PcmIoctl ioctl) {
        Right right = Right.valueOf(ioctl.name());
        long groups =
                Arrays.stream(Permission.values())
                        .filter(group -> group.rights().contains(right))
                        .count();

        assertThat(right.ioctl()).isEqualTo(ioctl);
        boolean sharesBuffers = ioctl == PcmIoctl.FRAME_FENCE || ioctl.name().startsWith("DMABUF");
        assertThat(groups).isEqualTo(sharesBuffers ? 0 : 1);
        assertThat(Permissions.FULL.without(right).ioctls())
                .hasSize(PcmIoctl.values().length - 1)
                .doesNotContain(ioctl);
    }

    @Test
    void theBufferModeOpensNoCall() {
        assertThat(Permissions.of(PermMode.BUFFER).ioctls()).isEmpty();
        assertThat(Permissions.PAGES.ioctls()).isEmpty();
        assertThat(Permissions.of(PermMode.FULL)).isEqualTo(Permissions.FULL);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 256, Integer.MAX_VALUE, -1, TOP, TOP | 1 << 10, TOP | 1 << 30})
    void aModeThatNobodyKnowsIsNone(int mode) {
        assertThat(Permissions.ofDupMode(mode)).isNull();
    }

    @Test
    void theTopBitOfAModeCarriesGroups() {
        assertThat(Permissions.ofDupMode(0)).isEqualTo(Permissions.FULL);
        assertThat(Permissions.ofDupMode(1)).isEqualTo(Permissions.BUFFER);
        assertThat(Permissions.ofDupMode(TOP | 1)).isEqualTo(Permissions.BUFFER);
        assertThat(Permissions.ofDupMode(TOP | 7)).isEqualTo(Permissions.PAGES);
        assertThat(Permissions.ofDupMode(TOP | 0x3ff)).isEqualTo(Permissions.FULL);
    }

    @Test
    void aTextNamesGroupsThatAreWholeAndOtherwiseRights() {
        assertThat(Permissions.FULL).hasToString("everything");
        assertThat(Permissions.NONE).hasToString("nothing");
        assertThat(Permissions.of(Permission.MAP_BUFFER, Permission.POSITION))
                .hasToString("MAP_BUFFER,POSITION");
        assertThat(Permissions.ofRights(Right.MAP_BUFFER_READ, Right.PLAY, Right.STATUS))
                .hasToString("MAP_BUFFER_READ,PLAY,STATUS");
    }
}
