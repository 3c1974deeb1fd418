package io.pcmshare.core.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.TimerEvent;
import io.pcmshare.abi.TimerIoctl;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.kernel.AllocatedBytes;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

/** What alsa-lib's dmix and dsnoop do with the timer of the stream that they share. */
final class PcmTimerTest {
    /** 1024 frames at 48 kHz. */
    private static final long PERIOD_NANOS = 21_333_333;

    private static final int TICK = 1 << TimerEvent.TICK.code();
    private static final int MSTOP = 1 << TimerEvent.MSTOP.code();

    private final ManualClock clock = new ManualClock();
    private final Timers timers = new Timers(clock);
    private final PcmTimer timer = timers.addPcm(0, 0, false, 0);
    private final TestProgram program = new TestProgram(timers);

    @BeforeEach
    void selectTheTimerOfAConfiguredStream() {
        timer.periodNanos(PERIOD_NANOS);
        program.timed();
        assertThat(program.select(timer.key())).isZero();
        assertThat(program.params(TestProgram.AUTO, 1, TICK | MSTOP)).isZero();
    }

    @Test
    void aPeriodIsATick() {
        program.call(TimerIoctl.START);
        clock.advance(PERIOD_NANOS);

        timer.periodsElapsed(1);

        assertThat(program.events())
                .containsExactly(
                        new TestProgram.Event(TimerEvent.TICK.code(), clock.monotonicNanos(), 1));
    }

    @Test
    void periodsThatNobodyReadAreOneEvent() {
        program.call(TimerIoctl.START);

        timer.periodsElapsed(1);
        timer.periodsElapsed(2);

        assertThat(program.events())
                .singleElement()
                .extracting(TestProgram.Event::value)
                .isEqualTo(3);
    }

    @Test
    void nothingIsHeardOfATimerThatDoesNotRun() {
        timer.periodsElapsed(1);
        timer.streamChanged(TimerEvent.MSTOP);

        assertThat(program.events()).isEmpty();
        assertThat(program.file.pollEvents()).isZero();
    }

    @Test
    void aStreamThatStopsIsAnEventForWhoAskedForIt() {
        program.call(TimerIoctl.START);

        timer.streamChanged(TimerEvent.MSTART);
        timer.streamChanged(TimerEvent.MSTOP);

        assertThat(program.events())
                .singleElement()
                .extracting(TestProgram.Event::code)
                .isEqualTo(TimerEvent.MSTOP.code());
    }

    @Test
    void severalProgramsShareATimer() {
        TestProgram other = new TestProgram(timers);
        other.select(timer.key());
        other.params(TestProgram.AUTO, 2, 0);
        program.call(TimerIoctl.START);
        other.call(TimerIoctl.START);

        timer.periodsElapsed(1);
        timer.periodsElapsed(1);

        assertThat(program.events()).hasSize(1);
        assertThat(other.ticks()).containsExactly(2);
    }

    @Test
    void somebodyWhoWaitsIsToldOfATick() {
        AtomicInteger woken = new AtomicInteger();
        program.file.onWake(woken::incrementAndGet);
        program.call(TimerIoctl.START);

        timer.periodsElapsed(1);

        assertThat(woken).hasValue(1);
        assertThat(program.file.pollEvents()).isEqualTo(0x41);
    }

    @Test
    void aFileThatClosesLetsTheTimerRest() {
        program.call(TimerIoctl.START);

        program.file.close();

        assertThat(timer.running()).isZero();
        assertThat(timer.clients()).isZero();
    }

    @Test
    void theTimersOfACardThatIsUnpluggedAreGone() {
        program.call(TimerIoctl.START);

        timers.removeCard(0);

        assertThat(program.file.pollEvents() & 0x8).isEqualTo(0x8);
        assertThat(program.call(TimerIoctl.START)).isNegative();
    }

    @Test
    void aTickAllocatesNothing() {
        program.call(TimerIoctl.START);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = AllocatedBytes.ofThisThread();
            for (int i = 0; i < 10_000; i++) {
                timer.periodsElapsed(1);
            }
            least = Math.min(least, AllocatedBytes.ofThisThread() - before);
        }
        assertThat(least).isZero();
    }
}
