package io.pcmshare.core.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.TimerClass;
import io.pcmshare.abi.TimerIoctl;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;

/** The system timer, on a clock that a test moves. */
final class SystemTimerTest {
    private static final TimerKey SYSTEM = new TimerKey(TimerClass.GLOBAL.code(), -1, 0, 0);

    private final ManualClock clock = new ManualClock();
    private final Timers timers = new Timers(clock);
    private final TestProgram program = new TestProgram(timers);

    private void run(int flags, int ticks) {
        program.select(SYSTEM);
        program.params(flags, ticks, 0);
        program.call(TimerIoctl.START);
    }

    private void passNextTick() {
        clock.advanceTo(timers.nextTickNanos());
        timers.tick();
    }

    @Test
    void theFirstWaitIsATickLongAndTheOthersAreNot() {
        run(TestProgram.AUTO, 25);

        passNextTick();
        assertThat(program.ticks()).containsExactly(26); // as recorded
        passNextTick();
        assertThat(program.ticks()).containsExactly(25);
        passNextTick();
        assertThat(program.ticks()).containsExactly(25);
    }

    @Test
    void nothingIsDueBeforeItIsStarted() {
        program.select(SYSTEM);

        assertThat(timers.nextTickNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void oneShotFiresOnce() {
        run(0, 25);
        passNextTick();

        assertThat(program.ticks()).hasSize(1);
        assertThat(timers.nextTickNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(program.call(TimerIoctl.STOP)).isNegative();
    }

    @Test
    void whoWaitsLongMissesNoTick() {
        run(TestProgram.AUTO, 1);
        Seeds.forEach(
                50,
                random -> {
                    program.params(TestProgram.AUTO, 1 + random.nextInt(50), 0);
                    program.call(TimerIoctl.START);
                    long startTick = tickNow();
                    long counted = 0;
                    long lastEvent = startTick;
                    for (int i = 0; i < 200; i++) {
                        clock.advance(random.nextLong(50_000_000));
                        timers.tick();
                        for (int each : program.ticks()) {
                            counted += each;
                            lastEvent = tickNow();
                        }
                    }
                    assertThat(counted).isEqualTo(lastEvent - startTick);
                });
    }

    private long tickNow() {
        return clock.monotonicNanos() / Timers.SYSTEM_RESOLUTION_NANOS;
    }

    @Test
    void aSecondProgramBeginsWithTheNextInterrupt() {
        TestProgram second = new TestProgram(timers);
        run(TestProgram.AUTO, 10);
        second.select(SYSTEM);
        second.params(TestProgram.AUTO, 10, 0);
        second.call(TimerIoctl.START);

        passNextTick();
        assertThat(second.ticks()).isEmpty();
        passNextTick();
        assertThat(second.ticks()).containsExactly(10);
    }
}
