package io.pcmshare.abi;

/**
 * How wide a C {@code long} and a {@code time_t} are in the program whose memory is looked at.
 *
 * <p>The layouts of sound/asound.h follow from these two: x86-64 is {@link #LP64}, i386 is {@link
 * #ILP32}, i386 built with {@code _TIME_BITS=64} is {@link #ILP32_TIME64}.
 */
public enum DataModel {
    LP64(8, 8),
    ILP32(4, 4),
    ILP32_TIME64(4, 8);

    private final int longBytes;
    private final int timeBytes;

    DataModel(int longBytes, int timeBytes) {
        this.longBytes = longBytes;
        this.timeBytes = timeBytes;
    }

    /** Bytes of {@code long}, {@code size_t}, a pointer and {@code snd_pcm_uframes_t}. */
    public int longBytes() {
        return longBytes;
    }

    /** Bytes of {@code time_t}; a {@code struct timespec} has twice as many. */
    public int timeBytes() {
        return timeBytes;
    }
}
