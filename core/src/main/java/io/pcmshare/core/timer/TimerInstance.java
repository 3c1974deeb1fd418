package io.pcmshare.core.timer;

/**
 * A file's use of a timer. Kernel: include/sound/timer.h, {@code struct snd_timer_instance}.
 *
 * <p>Threads: under the lock of {@link Timers}.
 */
final class TimerInstance {
    final TimerDevice timer;
    final TimerFile file;

    /** Begins anew when it ends. */
    boolean auto;

    /** Nobody else may use the timer. */
    boolean exclusive;

    /** Counts down. */
    boolean running;

    /** Will count down from the timer's next interrupt on. */
    boolean starting;

    /** Stopped, and keeps its place. */
    boolean paused;

    /** Ticks from one event to the next, unsigned. */
    long ticks;

    /** Ticks to the next event. */
    long left;

    /** Ticks since the last event. */
    long passed;

    TimerInstance(TimerDevice timer, TimerFile file) {
        this.timer = timer;
        this.file = file;
    }

    boolean isStarted() {
        return running || starting;
    }

    /**
     * Ticks passed.
     *
     * @return whether it is time for an event
     */
    boolean count(long elapsed) {
        passed += elapsed;
        left = Math.max(0, left - elapsed);
        return left == 0;
    }
}
