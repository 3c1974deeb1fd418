package io.pcmshare.share.owner;

import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.sys.ErrnoException;

/** Memory that can leave the process: each region a sealed memfd. */
public final class MemfdRegions implements RegionSource {
    @Override
    public Region allocate(Kind kind, boolean capture, long bytes) throws ErrnoException {
        return SharedRegion.create(kind, capture, bytes);
    }
}
