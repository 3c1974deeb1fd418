package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** PcmShare's own words in the pages lie where the byte diagrams say. */
final class WakeLayoutTest {
    private final MemorySegment page = MemorySegment.ofArray(new long[512]);

    @Test
    void theStatusWordsLieWhereTheDiagramSays() {
        WakeStatus wake = new WakeStatus(page);

        wake.initialize();
        wake.wakeSeq(11);
        wake.kickWanted(1);
        wake.startNanos(13);
        wake.revoked(14);

        assertThat(text(2048)).isEqualTo("PSWS");
        assertThat(page.get(JAVA_INT, 2052)).isEqualTo(1);
        assertThat(page.get(JAVA_INT, 2056)).isEqualTo(11);
        assertThat(page.get(JAVA_INT, 2060)).isEqualTo(1);
        assertThat(page.get(JAVA_LONG, 2064)).isEqualTo(13);
        assertThat(page.get(JAVA_INT, 2072)).isEqualTo(14);
        assertThat(WakeStatus.WAKE_SEQ_OFFSET).isEqualTo(2056);
        assertThat(WakeStatus.LAYOUT.byteSize()).isEqualTo(32);
    }

    @Test
    void theControlWordsLieWhereTheDiagramSays() {
        WakeControl wake = new WakeControl(page);

        wake.initialize();
        wake.waiting(1);
        wake.kick();
        wake.kick();

        assertThat(text(2048)).isEqualTo("PSWC");
        assertThat(page.get(JAVA_INT, 2052)).isEqualTo(1);
        assertThat(page.get(JAVA_INT, 2056)).isEqualTo(1);
        assertThat(page.get(JAVA_INT, 2060)).isEqualTo(2);
        assertThat(WakeControl.KICK_SEQ_OFFSET).isEqualTo(2060);
        assertThat(WakeControl.LAYOUT.byteSize()).isEqualTo(16);
    }

    @Test
    void theStatusWordsReadBack() {
        WakeStatus wake = new WakeStatus(page);

        wake.wakeSeq(-1);
        wake.kickWanted(1);
        wake.startNanos(Long.MAX_VALUE);
        wake.revoked(1);

        assertThat(wake.wakeSeq()).isEqualTo(-1);
        assertThat(wake.kickWanted()).isEqualTo(1);
        assertThat(wake.startNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(wake.revoked()).isEqualTo(1);
    }

    @Test
    void aKickWrapsAfter32Bits() {
        WakeControl wake = new WakeControl(page);
        page.set(JAVA_INT, WakeControl.KICK_SEQ_OFFSET, -1);

        wake.kick();

        assertThat(wake.kickSeq()).isZero();
    }

    @Test
    void anEmptyPageAndThePageOfTheOtherSideAreNotValid() {
        WakeStatus status = new WakeStatus(page);
        WakeControl control = new WakeControl(page);

        assertThat(status.isValid()).isFalse();
        assertThat(control.isValid()).isFalse();

        status.initialize();

        assertThat(status.isValid()).isTrue();
        assertThat(control.isValid()).isFalse();
    }

    @Test
    void theKernelsStructsAreNotTouched() {
        new WakeStatus(page).initialize();
        new WakeControl(page).initialize();

        assertThat(page.asSlice(0, 2048).mismatch(MemorySegment.ofArray(new long[256])))
                .isEqualTo(-1);
    }

    @Test
    void lessThanAPageIsRefused() {
        MemorySegment half = page.asSlice(0, 2048);

        assertThatThrownBy(() -> new WakeStatus(half))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new WakeControl(half))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private String text(long offset) {
        return new String(page.asSlice(offset, 4).toArray(JAVA_BYTE), StandardCharsets.US_ASCII);
    }
}
