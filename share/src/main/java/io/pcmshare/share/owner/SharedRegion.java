package io.pcmshare.share.owner;

import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.RegionSource.Kind;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Mapping;
import io.pcmshare.sys.Memfd;

import java.lang.foreign.MemorySegment;

/**
 * A region in a memfd of its own. Owns the memfd and the core's mapping of it.
 *
 * <p>Sealed before anybody else sees it: it can neither shrink nor grow, so that no reader ever
 * faults; where only the core writes it, nobody else can map it writable, whatever descriptor he
 * has. Order: map, then seal, because {@code F_SEAL_FUTURE_WRITE} spares only mappings that exist.
 */
public final class SharedRegion implements Region {
    /** Name of the ring's memfd: that of the BUFFER descriptor of 2019. */
    public static final String DATA_NAME = "snd-pcm-buf";

    private static final int PROT_RW = Mapping.PROT_READ | Mapping.PROT_WRITE;

    private final Fd memfd;
    private final Mapping mapping;

    private SharedRegion(Fd memfd, Mapping mapping) {
        this.memfd = memfd;
        this.mapping = mapping;
    }

    static SharedRegion create(Kind kind, boolean capture, long bytes) throws ErrnoException {
        Fd memfd = Memfd.create(nameOf(kind), bytes);
        try {
            // populated, so that the audio path meets no page fault
            int flags = Mapping.MAP_SHARED | Mapping.MAP_POPULATE;
            Mapping mapping = Mapping.map(memfd, 0, bytes, PROT_RW, flags);
            try {
                Memfd.addSeals(memfd, sealsOf(kind, capture));
                return new SharedRegion(memfd, mapping);
            } catch (ErrnoException e) {
                mapping.close();
                throw e;
            }
        } catch (ErrnoException e) {
            memfd.close();
            throw e;
        }
    }

    /** The seals of a region; {@code F_SEAL_SEAL} among them, so that nobody adds others. */
    static int sealsOf(Kind kind, boolean capture) {
        int fixedSize = Memfd.F_SEAL_SHRINK | Memfd.F_SEAL_GROW | Memfd.F_SEAL_SEAL;
        boolean clientsOnlyRead =
                switch (kind) {
                    case STATUS -> true;
                    case DATA -> capture;
                    case CONTROL -> false;
                };
        return clientsOnlyRead ? fixedSize | Memfd.F_SEAL_FUTURE_WRITE : fixedSize;
    }

    private static String nameOf(Kind kind) {
        return switch (kind) {
            case DATA -> DATA_NAME;
            case STATUS -> "snd-pcm-status";
            case CONTROL -> "snd-pcm-control";
        };
    }

    @Override
    public MemorySegment memory() {
        return mapping.segment();
    }

    /** Its descriptor, still the region's: sending it duplicates it. */
    public Fd borrowFd() {
        return memfd;
    }

    /** Unmaps and closes; clients keep what they hold. */
    @Override
    public void close() {
        mapping.close();
        memfd.close();
    }
}
