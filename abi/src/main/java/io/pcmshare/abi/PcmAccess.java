package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

/** Ways to move frames. Kernel: sound/asound.h, {@code SNDRV_PCM_ACCESS_*}. */
public enum PcmAccess {
    MMAP_INTERLEAVED(0),
    MMAP_NONINTERLEAVED(1),
    MMAP_COMPLEX(2),
    RW_INTERLEAVED(3),
    RW_NONINTERLEAVED(4);

    private final int code;

    PcmAccess(int code) {
        this.code = code;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** The bit of this value in the mask of {@link HwParams}. */
    public long maskBit() {
        return 1L << code;
    }

    /** Whether the program maps the ring, rather than passing its frames to the kernel. */
    public boolean isMmap() {
        return switch (this) {
            case MMAP_INTERLEAVED, MMAP_NONINTERLEAVED, MMAP_COMPLEX -> true;
            case RW_INTERLEAVED, RW_NONINTERLEAVED -> false;
        };
    }

    /** Whether the samples of a frame lie side by side. */
    public boolean isInterleaved() {
        return switch (this) {
            case MMAP_INTERLEAVED, RW_INTERLEAVED -> true;
            case MMAP_NONINTERLEAVED, MMAP_COMPLEX, RW_NONINTERLEAVED -> false;
        };
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable PcmAccess of(int code) {
        for (PcmAccess value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return null;
    }
}
