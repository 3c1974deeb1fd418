package io.pcmshare.run.file;

import io.pcmshare.core.pcm.Substream;
import io.pcmshare.sys.FileId;
import io.pcmshare.sys.KernelLocks;
import io.pcmshare.sys.ProcFd;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All open files of the supervised programs, found by what their descriptors show, and the end of
 * those that nobody has any more.
 *
 * <p>Most tell us when the last descriptor is gone. A stream that is to show an error does not (our
 * end of its pipe is closed), nor does memory; these are asked for, now and then and whenever it
 * matters. Owns the files. Threads: one.
 */
public final class FileTable implements AutoCloseable {
    private final ProcFd descriptors = new ProcFd(Arena.ofAuto());
    // in the order in which they were opened, which is how they are shown
    private final Map<FileId, PipeFile> pipes = new LinkedHashMap<>();
    private final Map<Long, PipeFile> watched = new HashMap<>();
    private final Map<FileId, List<MemoryFile>> buffers = new LinkedHashMap<>();
    private final Map<FileId, SoundFile> mapped = new HashMap<>();
    private final IdentityHashMap<Substream, StreamFiles> streams = new IdentityHashMap<>();
    private final DirtyFiles dirty;
    private final StreamWatch streamWatch;
    private long nextWatch;

    /**
     * An empty one.
     *
     * @param firstWatch the first number for {@link ReadyPipe.Watch#data}
     */
    public FileTable(DirtyFiles dirty, StreamWatch streamWatch, long firstWatch) {
        this.dirty = dirty;
        this.streamWatch = streamWatch;
        this.nextWatch = firstWatch;
    }

    /**
     * What a descriptor is.
     *
     * @param file the open file behind it
     * @param standIn whether it is memory that stands in for the descriptor of that file
     */
    public record Found(SoundFile file, boolean standIn) {}

    /** The open file behind a program's descriptor; {@code null} for one that is not ours. */
    public @Nullable Found find(int tid, int number) {
        if (number < 0) {
            return null;
        }
        FileId id = descriptors.id(tid, number);
        if (id == null) {
            return null;
        }
        PipeFile pipe = pipes.get(id);
        return pipe != null ? new Found(pipe, false) : findMemory(tid, number, id);
    }

    private @Nullable Found findMemory(int tid, int number, FileId id) {
        SoundFile owner = mapped.get(id);
        List<MemoryFile> all = buffers.get(id);
        if (owner == null && all == null) {
            return null;
        }
        long mark = ProcFd.mark(tid, number);
        if (mark == Swaps.MARK) {
            return owner == null ? null : new Found(owner, true);
        }
        if (all != null) {
            for (MemoryFile buffer : all) {
                if (buffer.mark() == mark) {
                    return new Found(buffer, false);
                }
            }
        }
        return null;
    }

    /** What a descriptor shows; {@code null} where there is none. */
    public @Nullable FileId idOf(int tid, int number) {
        return descriptors.id(tid, number);
    }

    /** The number that the next pipe is to be watched by. */
    public long nextWatch() {
        return nextWatch++;
    }

    /** Takes a file in. */
    public void add(SoundFile file, long watch) {
        switch (file) {
            case PipeFile pipe -> {
                pipes.put(pipe.id(), pipe);
                watched.put(watch, pipe);
            }
            case MemoryFile buffer ->
                    buffers.computeIfAbsent(buffer.id(), id -> new ArrayList<>()).add(buffer);
        }
    }

    /** Memory stands in for the descriptor of a file. */
    public void addStandIn(FileId memory, SoundFile file) {
        mapped.put(memory, file);
    }

    /** The open files of a substream. */
    public StreamFiles stream(Substream substream) {
        return streams.computeIfAbsent(substream, s -> new StreamFiles(dirty, streamWatch));
    }

    /** How many descriptors of ours are open, share buffers not counted. */
    public int count() {
        return pipes.size();
    }

    /** All that are open. */
    public Collection<SoundFile> all() {
        List<SoundFile> all = new ArrayList<>(pipes.values());
        buffers.values().forEach(all::addAll);
        return all;
    }

    /** Something happened to a pipe; closes its file if the last descriptor is gone. */
    public void hungUp(long watch) {
        PipeFile file = watched.get(watch);
        if (file != null && file.isKnownGone()) {
            remove(file);
        }
    }

    /** Whether there is a file that has to be asked for. */
    public boolean needsAsking() {
        for (PipeFile file : pipes.values()) {
            if (!file.isWatched()) {
                return true;
            }
        }
        return !buffers.isEmpty();
    }

    /**
     * Closes every file that no program has any more.
     *
     * @return how many those were
     */
    public int reap() {
        int before = pipes.size() + buffers.size();
        for (PipeFile file : List.copyOf(pipes.values())) {
            if (file.isWatched() && file.isKnownGone()) {
                remove(file);
            }
        }
        if (needsAsking()) {
            askFor();
        }
        return before - pipes.size() - buffers.size();
    }

    private void askFor() {
        KernelLocks locks;
        try {
            locks = KernelLocks.now();
        } catch (IOException unknown) {
            return; // they live until they can be asked for, or until the program's end
        }
        for (SoundFile file : all()) {
            if (!file.isWatched() && file.isGone(locks)) {
                remove(file);
            }
        }
    }

    private void remove(SoundFile file) {
        file.close();
        switch (file) {
            case PipeFile pipe -> {
                pipes.remove(pipe.id());
                watched.values().remove(pipe);
            }
            case MemoryFile buffer -> {
                List<MemoryFile> all = buffers.get(buffer.id());
                if (all != null && all.remove(buffer) && all.isEmpty()) {
                    buffers.remove(buffer.id());
                }
            }
        }
        mapped.values().remove(file);
        streams.keySet().removeIf(substream -> !substream.isBusy());
    }

    /** Closes all: nobody is left, or we leave. */
    @Override
    public void close() {
        all().forEach(this::remove);
    }
}
