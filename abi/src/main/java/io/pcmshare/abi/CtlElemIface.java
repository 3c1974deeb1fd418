package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/** What an element belongs to. Kernel: sound/asound.h, {@code SNDRV_CTL_ELEM_IFACE_*}. */
public enum CtlElemIface {
    CARD(0),
    HWDEP(1),
    MIXER(2),
    PCM(3),
    RAWMIDI(4),
    TIMER(5),
    SEQUENCER(6);

    private final int code;

    CtlElemIface(int code) {
        this.code = code;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable CtlElemIface of(int code) {
        for (CtlElemIface value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return null;
    }
}
