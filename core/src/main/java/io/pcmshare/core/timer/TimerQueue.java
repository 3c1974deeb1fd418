package io.pcmshare.core.timer;

import io.pcmshare.abi.TimerEvent;

/**
 * What a file has not read yet: a ring of events. Kernel: {@code struct snd_timer_user}, {@code
 * queue} and {@code tqueue}.
 *
 * <p>An event without time is its resolution and its ticks; one with time is its code, its time and
 * a value. Threads: under the lock of {@link Timers}. Allocates when resized only.
 */
final class TimerQueue {
    private static final int FIRST_SIZE = 128;

    private int[] codes = new int[FIRST_SIZE];
    private long[] times = new long[FIRST_SIZE];
    private long[] resolutions = new long[FIRST_SIZE];
    private long[] values = new long[FIRST_SIZE];
    private int head;
    private int used;
    private int overruns;

    int size() {
        return codes.length;
    }

    int used() {
        return used;
    }

    /** Events that found no room. */
    int overruns() {
        return overruns;
    }

    /** Another size; forgets what is in it. */
    void resize(int size) {
        if (size != codes.length) {
            codes = new int[size];
            times = new long[size];
            resolutions = new long[size];
            values = new long[size];
        }
        clear();
    }

    void clear() {
        head = 0;
        used = 0;
    }

    /** Ticks without time; added to the newest where the resolution is the same. */
    void ticks(long resolution, long ticks) {
        int newest = newest();
        if (used > 0 && resolutions[newest] == resolution) {
            values[newest] += ticks;
        } else {
            add(TimerEvent.TICK.code(), 0, resolution, ticks);
        }
    }

    /** Ticks with time; added to the newest where that is one of ticks too. */
    void timedTicks(long nanos, long ticks) {
        int newest = newest();
        if (used > 0 && codes[newest] == TimerEvent.TICK.code()) {
            times[newest] = nanos;
            values[newest] += ticks;
        } else {
            add(TimerEvent.TICK.code(), nanos, 0, ticks);
        }
    }

    void add(int code, long nanos, long resolution, long value) {
        if (used >= codes.length) {
            overruns++;
            return;
        }
        int at = (head + used) % codes.length;
        codes[at] = code;
        times[at] = nanos;
        resolutions[at] = resolution;
        values[at] = value;
        used++;
    }

    private int newest() {
        return (head + used + codes.length - 1) % codes.length;
    }

    int code() {
        return codes[head];
    }

    long nanos() {
        return times[head];
    }

    long resolution() {
        return resolutions[head];
    }

    long value() {
        return values[head];
    }

    /** The oldest was read. */
    void next() {
        head = (head + 1) % codes.length;
        used--;
    }
}
