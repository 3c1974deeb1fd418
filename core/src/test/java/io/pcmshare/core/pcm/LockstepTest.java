package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.MmapControl;
import io.pcmshare.abi.MmapStatus;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.params.HwParamSpace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

final class LockstepTest {
    private static final int RATE = 48_000;
    private static final long HOUR_FRAMES = 3600L * RATE;

    /** An hour of 48 kHz stereo passes as fast as it is fed; a hung test would time out. */
    @Test
    @Timeout(120)
    void anHourIsPlayedWithoutAnXrunToTheFrame() {
        TestCard card = new TestCard(1);
        PcmFile file = open(card);
        Lockstep lockstep = new Lockstep(card.card, card.clock);
        MmapStatus status = new MmapStatus(file.memory().regions().status().memory());
        MmapControl control = new MmapControl(file.memory().regions().control().memory());
        long boundary = file.geometry().boundary();
        control.applPtr(4096);
        TestCard.check(file.start());
        long startNanos = card.clock.monotonicNanos();

        long written = 4096;
        while (written < HOUR_FRAMES) {
            while (lockstep.step()) {
                assertThat(status.state()).isEqualTo(PcmState.RUNNING.code());
            }
            long room = 4096 - (written - status.hwPtr());
            assertThat(room).as("it stands only when it is the client's turn").isPositive();
            written = Math.min(HOUR_FRAMES, written + room);
            control.applPtr(written % boundary);
        }
        file.drainStart();
        while (lockstep.step()) {
            // the drain needs no client
        }

        assertThat(file.state()).isEqualTo(PcmState.SETUP);
        assertThat(status.hwPtr()).isEqualTo(HOUR_FRAMES);
        assertThat(card.clock.monotonicNanos() - startNanos).isEqualTo(3600L * 1_000_000_000);
    }

    /** However the client's turns fall, samples and positions are the same. */
    @Test
    void theSameClientGivesTheSameRunTwice() {
        assertThat(run(7)).isEqualTo(run(7));
    }

    private static List<String> run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TestCard card = new TestCard(1);
        PcmFile file = open(card);
        Lockstep lockstep = new Lockstep(card.card, card.clock);
        List<String> trace = new ArrayList<>();
        TestCard.check(TestCard.transfer(file, 4096, 1));
        for (int turn = 0; turn < 40; turn++) {
            while (lockstep.step()) {
                trace.add(card.clock.monotonicNanos() + " " + file.status());
            }
            TestCard.transfer(file, random.nextLong(1, 4096), turn);
        }
        trace.add(java.util.Arrays.toString(TestCard.ops(file).heard()));
        assertThat(file.state()).isEqualTo(PcmState.RUNNING);
        return trace;
    }

    @Test
    void itStandsForAClientThatDoesNotCome() {
        TestCard card = new TestCard(1);
        PcmFile file = open(card);
        Lockstep lockstep = new Lockstep(card.card, card.clock);
        TestCard.transfer(file, 4096);

        while (lockstep.step()) {
            // until it is the client's turn
        }

        long nanos = card.clock.monotonicNanos();
        assertThat(lockstep.step()).isFalse();
        assertThat(card.clock.monotonicNanos()).isEqualTo(nanos);
        assertThat(file.status().avail()).isEqualTo(file.currentSwParams().availMin());
    }

    @Test
    void timeThatElapsesAnywayMakesTheXrunOfRealTime() {
        TestCard card = new TestCard(1);
        PcmFile file = open(card);
        Lockstep lockstep = new Lockstep(card.card, card.clock);
        TestCard.transfer(file, 4096);

        lockstep.elapse(85_000_000L);
        assertThat(file.state()).as("4096 frames last 85.3 ms").isEqualTo(PcmState.RUNNING);
        lockstep.elapse(1_000_000L);

        assertThat(file.state()).isEqualTo(PcmState.XRUN);
    }

    private static PcmFile open(TestCard card) {
        PcmFile file = card.open(PcmStream.PLAYBACK);
        HwParamSpace space = new HwParamSpace();
        space.mask(HwParam.FORMAT, PcmFormat.S16_LE.maskBit());
        space.set(HwParam.CHANNELS, 2);
        space.set(HwParam.RATE, RATE);
        space.set(HwParam.PERIOD_SIZE, 1024);
        space.set(HwParam.BUFFER_SIZE, 4096);
        TestCard.check(file.hwParams(space));
        TestCard.check(file.prepare());
        return file;
    }
}
