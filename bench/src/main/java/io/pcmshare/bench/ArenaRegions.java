package io.pcmshare.bench;

import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.RegionSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory that stays in the process. */
final class ArenaRegions implements RegionSource {
    private record InArena(MemorySegment memory) implements Region {
        @Override
        public void close() {
            // the collector frees it
        }
    }

    @Override
    public Region allocate(Kind kind, boolean capture, long bytes) {
        return new InArena(Arena.ofAuto().allocate(bytes, PAGE_BYTES));
    }
}
