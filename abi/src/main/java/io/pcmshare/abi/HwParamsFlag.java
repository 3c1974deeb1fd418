package io.pcmshare.abi;

/**
 * What a program asks for, in {@link HwParams#flags()}. Kernel: sound/asound.h, {@code
 * SNDRV_PCM_HW_PARAMS_*}.
 */
public final class HwParamsFlag {
    /** Only rates the hardware has. */
    public static final int NORESAMPLE = 1 << 0;

    /** The ring will be exported. */
    public static final int EXPORT_BUFFER = 1 << 1;

    /** No wake-ups at period ends. */
    public static final int NO_PERIOD_WAKEUP = 1 << 2;

    /** No silence behind the last frame of a drain; newer than Linux 6.1. */
    public static final int NO_DRAIN_SILENCE = 1 << 3;

    private HwParamsFlag() {}
}
