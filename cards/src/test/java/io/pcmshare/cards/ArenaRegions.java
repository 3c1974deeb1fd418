package io.pcmshare.cards;

import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.RegionSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory of the heap's own, that nobody else maps. */
final class ArenaRegions implements RegionSource {
    private record ArenaRegion(MemorySegment memory) implements Region {
        @Override
        public void close() {
            // the arena frees it
        }
    }

    @Override
    public Region allocate(Kind kind, boolean capture, long bytes) {
        return new ArenaRegion(Arena.ofAuto().allocate(bytes, 64));
    }
}
