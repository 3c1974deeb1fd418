package io.pcmshare.fuzz;

import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.RegionSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory that the collector frees. */
final class HeapRegions implements RegionSource {
    private record OfArena(MemorySegment memory) implements Region {
        @Override
        public void close() {
            // the collector does
        }
    }

    @Override
    public Region allocate(Kind kind, boolean capture, long bytes) {
        return new OfArena(Arena.ofAuto().allocate(bytes, PAGE_BYTES));
    }
}
