package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/** Kinds of timers. Kernel: sound/asound.h, {@code SNDRV_TIMER_CLASS_*}. */
public enum TimerClass {
    NONE(-1),
    SLAVE(0),
    GLOBAL(1),
    CARD(2),
    PCM(3);

    private final int code;

    TimerClass(int code) {
        this.code = code;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable TimerClass of(int code) {
        for (TimerClass value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return null;
    }
}
