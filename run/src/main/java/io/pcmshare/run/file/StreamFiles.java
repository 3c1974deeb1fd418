package io.pcmshare.run.file;

import io.pcmshare.core.pcm.FileMemory;
import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.StreamRegions;
import io.pcmshare.share.owner.SharedRegion;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.OfdLock;
import io.pcmshare.sys.ProcMaps;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The open files of one substream, and what they share: who is told of changes, whether its ring is
 * mapped, the second copies of its pages. Threads: one.
 */
public final class StreamFiles {
    private static final long OWN_PID = ProcessHandle.current().pid();

    private final DirtyFiles dirty;
    private final List<PcmSound> files = new ArrayList<>();
    private @Nullable SharedRegion mappedRing;
    private final Inbox.Note change;
    private final ControlCopies copies = new ControlCopies();
    private final StreamWatch watch;
    private long readyNanos;
    private boolean copiesInUse;

    /** Of a substream that is about to be opened. */
    public StreamFiles(DirtyFiles dirty, StreamWatch watch) {
        this.dirty = dirty;
        this.watch = watch;
        this.change = dirty.note(this::changed);
    }

    void add(PcmSound sound) {
        if (files.isEmpty()) {
            sound.file().onWake(change::leave);
            SoundFile.Opened opened = sound.opened();
            watch.openedBy(sound.file(), opened.program(), opened.pid());
        }
        files.add(sound);
    }

    void remove(PcmSound sound) {
        files.remove(sound);
        if (files.isEmpty()) {
            watch.closing(sound.file().substream(), sound.file().substream().xruns());
        }
    }

    /** There is something to do for its program from now on. */
    void ready() {
        if (readyNanos == 0) {
            readyNanos = Clocks.monotonicNanos();
        }
    }

    /** Its program has come. */
    void called(PcmSound sound) {
        if (readyNanos != 0) {
            watch.cameBack(sound.file().substream(), Clocks.monotonicNanos() - readyNanos);
            readyNanos = 0;
        }
    }

    /** The readiness of all of them may be another. */
    void changed() {
        for (int i = 0; i < files.size(); i++) {
            dirty.add(files.get(i));
        }
    }

    /** The ring is about to be mapped by a program. */
    void ringMapped(FileMemory memory, SharedRegion ring) {
        if (mappedRing == null) {
            memory.mapped();
        }
        mappedRing = ring;
    }

    /** The stream may live in another ring: who mapped the old one has not mapped this one. */
    void ringReplaced(FileMemory memory) {
        SharedRegion ring = mappedRing;
        if (ring != null && !ring.isOpen()) {
            mappedRing = null;
            memory.unmapped();
        }
    }

    /**
     * Before parameters change: whether the ring is still mapped somewhere.
     *
     * @param heldByCall whether a call that is being made may hold the ring by itself
     */
    void lookForMappings(FileMemory memory, boolean heldByCall) {
        boolean mapped = isRingMapped() && (!heldByCall || isInSomeMap());
        if (mappedRing != null && !mapped) {
            mappedRing = null;
            memory.unmapped();
        }
    }

    /** Asked of every program: the mark on the memory tells a mapping from nothing else. */
    private boolean isInSomeMap() {
        SharedRegion ring = mappedRing;
        try {
            return ring != null && ProcMaps.isMapped(ring.borrowFd().id(), OWN_PID);
        } catch (ErrnoException unknown) {
            return true;
        }
    }

    /** Whether some program has the ring mapped. */
    boolean isRingMapped() {
        SharedRegion ring = mappedRing;
        return ring != null && OfdLock.isMarkedOrUnknown(ring.borrowFd(), Swaps.MARK);
    }

    /** Whether a ring was mapped that may still be. */
    boolean mayBeMapped() {
        return mappedRing != null;
    }

    /** A program has mapped a page at the offset where its copy stands. */
    void useCopies() {
        copiesInUse = true;
    }

    /**
     * Makes both copies of each page equal, before the core looks at them and after it has written
     * them.
     */
    void syncCopies() {
        if (!copiesInUse || files.isEmpty()) {
            return;
        }
        StreamRegions regions = files.getFirst().file().memory().regions();
        copies.merge(regions.control());
        MemorySegment status = copyOf(regions.status());
        if (status != null) {
            MemorySegment.copy(regions.status().memory(), 0, status, 0, ControlCopies.BYTES);
        }
    }

    static @Nullable MemorySegment copyOf(Region region) {
        return region instanceof SharedRegion shared ? shared.copy() : null;
    }
}
