package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/** What happens to a timer. Kernel: sound/asound.h, {@code SNDRV_TIMER_EVENT_*}. */
public enum TimerEvent {
    /** The tick has another length. */
    RESOLUTION(0),
    /** Ticks passed. */
    TICK(1),
    START(2),
    STOP(3),
    CONTINUE(4),
    PAUSE(5),
    /** Nothing happened yet; for programs that wait before they start. */
    EARLY(6),
    SUSPEND(7),
    RESUME(8),
    /** The stream behind the timer started; so the others with M. */
    MSTART(12),
    MSTOP(13),
    MCONTINUE(14),
    MPAUSE(15),
    MSUSPEND(17),
    MRESUME(18);

    private final int code;

    TimerEvent(int code) {
        this.code = code;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable TimerEvent of(int code) {
        for (TimerEvent value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return null;
    }
}
