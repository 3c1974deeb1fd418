package io.pcmshare.run.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.CardKind;
import io.pcmshare.cards.CardSpec;
import io.pcmshare.cards.SoundSystem;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.Lockstep;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.share.owner.MemfdRegions;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Card time against a wall clock and threads that the test moves by hand. */
@NoFdLeaks
final class LockstepLoopTimeTest {
    private static final int PROGRAM = 4711;
    private static final long MILLI = 1_000_000L;

    /** A period of 480 frames at 48 kHz. */
    private static final long PERIOD_NANOS = 10 * MILLI;

    private final ManualClock clock = new ManualClock();
    private final ManualClock wall = new ManualClock();
    private final Set<Integer> running = new HashSet<>();
    private SoundSystem system;
    private PcmFile file;
    private LockstepLoopTime time;

    @BeforeEach
    void aPlayerOfFourPeriodsRuns() throws Exception {
        system = SoundSystem.create(List.of(CardSpec.of(CardKind.NULL)), clock, new MemfdRegions());
        Card card = system.cards().getFirst().card();
        file =
                card.devices()
                        .getFirst()
                        .open(PcmStream.PLAYBACK, OpenFlags.RDWR, PcmDevice.ANY_SUBDEVICE);
        HwParamSpace space = new HwParamSpace();
        space.mask(HwParam.FORMAT, PcmFormat.S16_LE.maskBit());
        space.set(HwParam.CHANNELS, 2);
        space.set(HwParam.RATE, 48_000);
        space.set(HwParam.PERIOD_SIZE, 480);
        space.set(HwParam.BUFFER_SIZE, 1920);
        assertThat(file.hwParams(space)).isZero();
        assertThat(file.prepare()).isZero();
        assertThat(file.forward(1920)).as("filled").isEqualTo(1920);
        assertThat(file.start()).isZero();
        time =
                new LockstepLoopTime(
                        new Lockstep(List.of(card), List.of(system.timers()), clock),
                        wall::monotonicNanos,
                        running::contains);
    }

    @AfterEach
    void close() throws Exception {
        file.close();
        system.close();
    }

    private long moved() {
        return clock.monotonicNanos() - new ManualClock().monotonicNanos();
    }

    @Test
    void timeMovesAtOnceWhenEveryProgramWaits() {
        time.waits(PROGRAM);
        assertThat(time.advance()).as("come again").isZero();
        assertThat(moved()).isEqualTo(PERIOD_NANOS);
    }

    @Test
    void timeStandsWhileAProgramThatWasAnsweredRuns() {
        time.answered(PROGRAM);
        running.add(PROGRAM);
        for (int i = 0; i < 10; i++) {
            assertThat(time.advance()).isPositive();
            wall.advance(MILLI);
        }
        assertThat(moved()).isZero();
        running.remove(PROGRAM); // asleep in a call that is none of ours
        assertThat(time.advance()).isZero();
        assertThat(moved()).isEqualTo(PERIOD_NANOS);
    }

    @Test
    void timeStopsWhereTheProgramHasSomethingToDo() {
        time.waits(PROGRAM);
        assertThat(time.advance()).isZero();
        assertThat(time.advance()).as("a period is free, it is the program's turn").isPositive();
        assertThat(moved()).isEqualTo(PERIOD_NANOS);
    }

    @Test
    void aProgramThatSleepsOnItsOwnOwesTheTimeAndTimeCatchesUp() {
        time.waits(PROGRAM);
        while (time.advance() == 0) {
            // up to where it is the program's turn
        }
        long before = moved();
        wall.advance(30 * MILLI);
        assertThat(time.advance()).isZero();
        assertThat(moved() - before).isEqualTo(30 * MILLI);
        assertThat(file.state()).isEqualTo(PcmState.XRUN); // as in real time: 40 ms were queued
    }

    @Test
    void aProgramThatIsQuickOwesNothing() {
        for (int period = 0; period < 1000; period++) {
            time.waits(PROGRAM);
            while (time.advance() == 0) {
                // up to where it is the program's turn
            }
            wall.advance(2 * MILLI);
            assertThat(file.forward(480)).isEqualTo(480);
            time.answered(PROGRAM);
        }
        assertThat(file.state()).isEqualTo(PcmState.RUNNING);
        assertThat(file.substream().xruns()).isZero();
    }

    @Test
    void nothingIsDueWhenNothingRuns() {
        assertThat(file.drop()).isZero();
        assertThat(time.advance()).isEqualTo(LoopTime.NEVER);
    }
}
