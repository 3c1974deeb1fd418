package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A stream that lives in memory of another. */
final class AttachRingTest {
    private static final int PERIOD = 1000;
    private static final int BUFFER = 4096;
    private static final long BYTES = (long) BUFFER * TestCard.FRAME_BYTES;

    private final TestCard card = new TestCard(1);

    /** Memory that is lent; its segment after it was closed is a mistake that shows. */
    private static final class Lent implements Region {
        private final MemorySegment memory;
        private boolean closed;

        Lent(MemorySegment memory) {
            this.memory = memory;
        }

        @Override
        public MemorySegment memory() {
            return memory;
        }

        @Override
        public boolean isForeign() {
            return true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static Lent lent(long bytes, int value) {
        MemorySegment memory = Arena.ofAuto().allocate(bytes, 8);
        memory.fill((byte) value);
        return new Lent(memory);
    }

    private PcmFile playing() {
        PcmFile file = card.prepared(PcmStream.PLAYBACK, PERIOD, BUFFER);
        TestCard.check(TestCard.transfer(file, BUFFER, 1));
        return file;
    }

    @Test
    void fromTheFrameOfTheAttachmentOnTheOtherMemoryIsHeardAndAfterItsEndSilence() {
        PcmFile file = playing();
        Lent other = lent(BYTES, 7);
        card.pass(1100);

        assertThat(file.memory().attachRing(other)).isZero();
        card.pass(900);
        assertThat(file.memory().detachRing()).isZero();
        card.pass(500);
        card.card.tick();

        byte[] heard = TestCard.ops(file).heard();
        assertThat(heard).hasSize(2500 * TestCard.FRAME_BYTES);
        for (int frame = 0; frame < 2500; frame++) {
            int expected = frame < 1100 ? 1 : frame < 2000 ? 7 : 0;
            assertThat(heard[frame * TestCard.FRAME_BYTES])
                    .as("frame " + frame)
                    .isEqualTo((byte) expected);
        }
        assertThat(other.closed).isTrue();
        assertThat(file.state()).isEqualTo(PcmState.RUNNING);
        assertThat(file.memory().detachRing()).isEqualTo(Errno.EINVAL.negated());
    }

    @Test
    void whatDoesNotFitIsRefusedAndStaysTheCallers() {
        PcmFile open = card.open(PcmStream.CAPTURE);
        Lent small = lent(BYTES - 1, 0);
        Lent readOnly = new Lent(Arena.ofAuto().allocate(BYTES).asReadOnly());

        assertThat(open.memory().attachRing(small)).isEqualTo(Errno.EBADFD.negated());
        TestCard.check(open.hwParams(TestCard.params(PcmAccess.RW_INTERLEAVED, PERIOD, BUFFER)));
        assertThat(open.memory().attachRing(small)).isEqualTo(Errno.EINVAL.negated());
        assertThat(open.memory().attachRing(readOnly)).isEqualTo(Errno.EACCES.negated());
        card.card.disconnect();
        assertThat(open.memory().attachRing(lent(BYTES, 0))).isEqualTo(Errno.ENODEV.negated());
        assertThat(small.closed).isFalse();
    }

    @Test
    void theMemoryOfAnotherIsNeitherSilencedNorWrittenByAReader() {
        PcmFile file = playing();
        MemorySegment memory = Arena.ofAuto().allocate(BYTES, 8);
        memory.fill((byte) 7);
        TestCard.check(
                file.swParams(file.currentSwParams().withSilence(0, file.geometry().boundary())));
        TestCard.check(file.memory().attachRing(new Lent(memory.asReadOnly())));
        card.pass(2000);
        card.card.tick();

        assertThat(TestCard.transfer(file, 10)).isEqualTo(Errno.EACCES.negated());
        file.memory().silenceAhead();
        assertThat(memory.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 7);
        assertThat(file.state()).isEqualTo(PcmState.RUNNING);
    }

    @Test
    void newParametersGiveTheAttachmentUpWithoutTouchingItsMemory() {
        PcmFile file = card.prepared(PcmStream.PLAYBACK, PERIOD, BUFFER);
        Lent other = lent(BYTES, 7);
        TestCard.check(file.memory().attachRing(other));

        TestCard.check(file.hwParams(TestCard.params(PcmAccess.RW_INTERLEAVED, PERIOD, BUFFER)));

        assertThat(other.closed).isTrue();
        assertThat(other.memory.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 7);
        assertThat(TestCard.ring(file).get(ValueLayout.JAVA_BYTE, 0)).isZero();
    }
}
