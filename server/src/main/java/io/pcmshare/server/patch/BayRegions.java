package io.pcmshare.server.patch;

import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.share.owner.MemfdRegions;

import java.io.IOException;

/**
 * Where the memory of a bay's streams comes from. Programs that do not know us map a ring that they
 * record from for writing as well, because on the kernel they can, so theirs is not sealed against
 * that; it is theirs alone.
 */
final class BayRegions implements RegionSource {
    /** Bound while a guest is served. */
    static final ScopedValue<Boolean> GUEST = ScopedValue.newInstance();

    private final RegionSource clients;
    private final RegionSource guests = MemfdRegions.atKernelOffsets();

    /** Beside this, which has the memory of clients. */
    BayRegions(RegionSource clients) {
        this.clients = clients;
    }

    @Override
    public Region allocate(Kind kind, boolean capture, long bytes) throws IOException {
        boolean mapped = kind == Kind.DATA && GUEST.isBound();
        return (mapped ? guests : clients).allocate(kind, capture, bytes);
    }
}
