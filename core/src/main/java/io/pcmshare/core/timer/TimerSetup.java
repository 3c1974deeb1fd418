package io.pcmshare.core.timer;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.TimerEvent;
import io.pcmshare.abi.TimerParams;

/**
 * What a program asks of the timer it selected. Kernel: sound/core/timer.c,
 * snd_timer_user_params().
 *
 * @param flags bits {@code SNDRV_TIMER_PSFLG_*}
 * @param ticks ticks from one event to the next
 * @param queueSize events that the queue holds; 0 changes nothing
 * @param filter a bit for each {@link TimerEvent} that is wanted
 */
record TimerSetup(int flags, long ticks, int queueSize, int filter) {
    private static final int AUTO = 1;
    private static final int EXCLUSIVE = 2;
    private static final int EARLY_EVENT = 4;
    private static final int MIN_QUEUE = 32;
    private static final int MAX_QUEUE = 1024;
    private static final long MIN_NANOS = 1_000_000;
    private static final int KNOWN_EVENTS = knownEvents();

    static TimerSetup of(TimerParams params) {
        return new TimerSetup(
                params.flags(),
                Integer.toUnsignedLong(params.ticks()),
                params.queueSize(),
                params.filter());
    }

    private static int knownEvents() {
        int known = 0;
        for (TimerEvent event : TimerEvent.values()) {
            known |= event == TimerEvent.EARLY ? 0 : 1 << event.code();
        }
        return known;
    }

    /** 0, or a negated {@code EINVAL}; then nothing has changed. */
    int apply(TimerInstance instance) {
        TimerDevice timer = instance.timer;
        boolean tooFast =
                !timer.isSlave() && (ticks < 1 || timer.resolutionNanos() * ticks < MIN_NANOS);
        boolean badQueue = queueSize != 0 && (queueSize < MIN_QUEUE || queueSize > MAX_QUEUE);
        if (tooFast || badQueue || (filter & ~KNOWN_EVENTS) != 0) {
            return Errno.EINVAL.negated();
        }
        TimerFile file = instance.file;
        timer.stop(instance, false); // whether it ran before does not matter
        instance.auto = (flags & AUTO) != 0;
        instance.exclusive = (flags & EXCLUSIVE) != 0;
        file.queue().resize(queueSize == 0 ? file.queue().size() : queueSize);
        file.parameters(ticks, filter);
        if ((flags & EARLY_EVENT) != 0) {
            file.early();
        }
        return 0;
    }
}
