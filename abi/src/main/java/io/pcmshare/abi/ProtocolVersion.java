package io.pcmshare.abi;

/**
 * Versions that {@code PVERSION} answers. Kernel: sound/asound.h, {@code SNDRV_*_VERSION}, Linux
 * 6.1.
 */
public final class ProtocolVersion {
    /** {@code SNDRV_PCM_VERSION}, 2.0.15. */
    public static final int PCM = 2 << 16 | 0 << 8 | 15;

    /** {@code SNDRV_CTL_VERSION}, 2.0.8. */
    public static final int CTL = 2 << 16 | 0 << 8 | 8;

    /** {@code SNDRV_TIMER_VERSION}, 2.0.7. */
    public static final int TIMER = 2 << 16 | 0 << 8 | 7;

    /** {@code SNDRV_HWDEP_VERSION}, 1.0.1. */
    public static final int HWDEP = 1 << 16 | 0 << 8 | 1;

    private ProtocolVersion() {}

    /** {@code SNDRV_PROTOCOL_VERSION(major, minor, subminor)}. */
    public static int of(int major, int minor, int subminor) {
        return major << 16 | minor << 8 | subminor;
    }
}
