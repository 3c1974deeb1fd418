package io.pcmshare.share.owner;

import io.pcmshare.abi.MmapOffset;
import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.sys.ErrnoException;

/** Memory that can leave the process: each region a sealed memfd. */
public final class MemfdRegions implements RegionSource {
    private final boolean atKernelOffsets;

    /** Each region at the beginning of its memfd. */
    public MemfdRegions() {
        this(false);
    }

    private MemfdRegions(boolean atKernelOffsets) {
        this.atKernelOffsets = atKernelOffsets;
    }

    /**
     * The pages at the offsets where programs ask a PCM descriptor for them, so that a memfd can
     * stand in for one: the memfds are large and nearly all hole. A page that is asked for at two
     * offsets stands at the older one; {@link SharedRegion#copy} is the other. Kernel:
     * uapi/sound/asound.h, {@code SNDRV_PCM_MMAP_OFFSET_*}.
     */
    public static MemfdRegions atKernelOffsets() {
        return new MemfdRegions(true);
    }

    @Override
    public Region allocate(Kind kind, boolean capture, long bytes) throws ErrnoException {
        if (!atKernelOffsets) {
            return SharedRegion.create(kind, capture, bytes, 0);
        }
        return switch (kind) {
            // a program may map a ring that it records from for writing, as on the kernel
            case DATA -> SharedRegion.create(kind, false, bytes, 0);
            case STATUS ->
                    SharedRegion.create(
                            kind, capture, bytes, MmapOffset.STATUS_OLD, MmapOffset.STATUS_NEW);
            case CONTROL ->
                    SharedRegion.create(
                            kind, capture, bytes, MmapOffset.CONTROL_OLD, MmapOffset.CONTROL_NEW);
        };
    }
}
