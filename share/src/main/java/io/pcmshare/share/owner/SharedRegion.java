package io.pcmshare.share.owner;

import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.RegionSource.Kind;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Mapping;
import io.pcmshare.sys.Memfd;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A region in a memfd of its own. Owns the memfd and the core's mappings of it.
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
    private final List<Mapping> mappings;
    private final boolean foreign;

    private SharedRegion(Fd memfd, List<Mapping> mappings, boolean foreign) {
        this.foreign = foreign;
        this.memfd = memfd;
        this.mappings = mappings;
    }

    /**
     * Makes one.
     *
     * @param bytes how long it is
     * @param offsets where in the memfd it stands, in bytes; from the second on stand copies that
     *     somebody keeps equal to the first
     */
    static SharedRegion create(Kind kind, boolean capture, long bytes, long... offsets)
            throws ErrnoException {
        long end = Arrays.stream(offsets).max().orElse(0) + bytes;
        Fd memfd = Memfd.create(nameOf(kind), end);
        List<Mapping> mappings = new ArrayList<>();
        try {
            // populated, so that the audio path meets no page fault
            int flags = Mapping.MAP_SHARED | Mapping.MAP_POPULATE;
            for (long offset : offsets) {
                mappings.add(Mapping.map(memfd, offset, bytes, PROT_RW, flags));
            }
            Memfd.addSeals(memfd, sealsOf(kind, capture));
            return new SharedRegion(memfd, List.copyOf(mappings), false);
        } catch (ErrnoException e) {
            mappings.forEach(Mapping::close);
            memfd.close();
            throw e;
        }
    }

    /**
     * Memory of another region, to be a ring here as well: the same pages, mapped once more.
     *
     * @param memory of the other; borrowed
     * @param bytes how much of it
     * @param writes whether it is to be recorded to; else memory that is sealed against that will
     *     do
     * @throws ErrnoException {@code mmap}: {@code EPERM} where it is sealed and is to be written
     */
    public static SharedRegion lend(Fd memory, long bytes, boolean writes) throws ErrnoException {
        Fd own = memory.dup();
        try {
            int flags = Mapping.MAP_SHARED | Mapping.MAP_POPULATE;
            boolean sealed = (Memfd.getSeals(own) & Memfd.F_SEAL_FUTURE_WRITE) != 0;
            int prot = sealed && !writes ? Mapping.PROT_READ : PROT_RW;
            Mapping mapping = Mapping.map(own, 0, bytes, prot, flags);
            return new SharedRegion(own, List.of(mapping), true);
        } catch (ErrnoException e) {
            own.close();
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
    public boolean isForeign() {
        return foreign;
    }

    /** Whether a stream still lives in it. */
    public boolean isOpen() {
        return memfd.isOpen();
    }

    @Override
    public MemorySegment memory() {
        return mappings.getFirst().segment();
    }

    /** The copy at the second offset; {@code null} where there is none. */
    public @Nullable MemorySegment copy() {
        return mappings.size() > 1 ? mappings.get(1).segment() : null;
    }

    /** Its descriptor, still the region's: sending it duplicates it. */
    public Fd borrowFd() {
        return memfd;
    }

    /** Unmaps and closes; clients keep what they hold. */
    @Override
    public void close() {
        mappings.forEach(Mapping::close);
        memfd.close();
    }
}
