package io.pcmshare.core.pcm;

import static io.pcmshare.core.pcm.TestCard.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A capture stream's life at chosen times; numbers of {@code probes-snd-dummy.txt} [G]. */
final class CaptureLifeTest {
    private static final int EAGAIN = Errno.EAGAIN.negated();
    private static final int EBADFD = Errno.EBADFD.negated();

    private final TestCard card = new TestCard(1);
    private final PcmFile file = card.prepared(PcmStream.CAPTURE, 1000, 4000);

    @Test
    void aReadStartsItAndFindsNothing() {
        assertThat(transfer(file, 100)).isEqualTo(EAGAIN);

        card.pass(2);
        assertStatus(PcmState.RUNNING, 0, 2, 2, 2);
    }

    @Test
    void framesAreReadRewoundAndSkipped() {
        transfer(file, 100);
        card.pass(2411);
        assertStatus(PcmState.RUNNING, 0, 2411, 2411, 2411);

        assertThat(transfer(file, 100)).isEqualTo(100);
        assertThat(file.rewind(50)).isEqualTo(50);
        assertThat(file.forward(150)).isEqualTo(150);
        card.pass(10);
        assertStatus(PcmState.RUNNING, 200, 2421, 2221, 2221);
    }

    @Test
    void whatWasRecordedIsReadInOrderAcrossTheRingsEnd() {
        transfer(file, 1);
        byte[] read = new byte[3 * 4000];
        for (int turn = 0; turn < 3; turn++) {
            card.pass(1000);
            int at = turn * 4000;
            assertThat(file.transfer(into(read, at), 1000)).isEqualTo(1000);
        }

        for (int frame = 0; frame < 3000; frame++) {
            assertThat(read[frame * 4]).as("frame %s", frame).isEqualTo((byte) frame);
        }
    }

    private static UserFrames into(byte[] user, int at) {
        return (ring, ringOffset, userOffset, bytes) -> {
            int to = (int) (at + userOffset);
            MemorySegment.copy(ring, ValueLayout.JAVA_BYTE, ringOffset, user, to, (int) bytes);
            return 0;
        };
    }

    @Test
    void aDrainWithFramesWaitingKeepsThemButNobodyMayRead() {
        transfer(file, 100);
        card.pass(2421);
        transfer(file, 200);

        file.drainStart();

        assertStatus(PcmState.DRAINING, 200, 2421, 0, 2221);
        assertThat(transfer(file, 1000)).isEqualTo(EBADFD);
        card.pass(1000);
        assertStatus(PcmState.DRAINING, 200, 2421, 0, 2221);
    }

    @Test
    void aDrainWithNothingWaitingEndsAtOnce() {
        file.start();

        file.drainStart();

        assertStatus(PcmState.SETUP, 0, 0, 0, 0);
    }

    @Test
    void unreadItOverruns() {
        file.start();
        card.pass(4005);

        card.card.tick();

        assertStatus(PcmState.XRUN, 0, 4005, 0, 4005);
        assertThat(transfer(file, 1)).isEqualTo(Errno.EPIPE.negated());
    }

    private void assertStatus(PcmState state, long applPtr, long hwPtr, long delay, long avail) {
        StatusReport report = file.status();
        assertThat(report.state()).isEqualTo(state);
        assertThat(report.applPtr()).as("applPtr").isEqualTo(applPtr);
        assertThat(report.hwPtr()).as("hwPtr").isEqualTo(hwPtr);
        assertThat(report.delay()).as("delay").isEqualTo(delay);
        assertThat(report.avail()).as("avail").isEqualTo(avail);
    }
}
