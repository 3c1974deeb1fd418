package io.pcmshare.abi;

/**
 * Bits of {@link HwParams#intervalFlags(HwParam)}. Kernel: sound/asound.h, the bit field of {@code
 * struct snd_interval}, lowest bit first on little-endian machines.
 */
public final class IntervalFlag {
    /** The minimum itself is excluded. */
    public static final int OPENMIN = 1;

    /** The maximum itself is excluded. */
    public static final int OPENMAX = 2;

    /** Only whole numbers. */
    public static final int INTEGER = 4;

    /** No value is left. */
    public static final int EMPTY = 8;

    private IntervalFlag() {}
}
