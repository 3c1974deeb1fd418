package io.pcmshare.abi;

/**
 * What {@code SYNC_PTR} does, in {@link SyncPtr#flags()}. Kernel: sound/asound.h, {@code
 * SNDRV_PCM_SYNC_PTR_*}.
 */
public final class SyncPtrFlag {
    /** Update {@code hw_ptr} first. */
    public static final int HWSYNC = 1 << 0;

    /** Fetch {@code appl_ptr}; without it, store it. */
    public static final int APPL = 1 << 1;

    /** Fetch {@code avail_min}; without it, store it. */
    public static final int AVAIL_MIN = 1 << 2;

    private SyncPtrFlag() {}
}
