package io.pcmshare.run.file;

import io.pcmshare.abi.Errno;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.FileId;

import java.io.IOException;

/** An open file whose descriptor is memory itself, so that it works in any process. */
public abstract sealed class MemoryFile extends SoundFile permits BufferFile, ShareFile {
    private final FileId id;
    private final long mark;

    /**
     * Of a descriptor that is about to be given out.
     *
     * @param id what it shows
     * @param mark tells it from others of the same memory
     */
    MemoryFile(Opened opened, FileId id, long mark) {
        super(opened);
        this.id = id;
        this.mark = mark;
    }

    @Override
    public final FileId id() {
        return id;
    }

    /** Tells it from others of the same memory. */
    final long mark() {
        return mark;
    }

    /** A descriptor like the first one: the caller's. */
    public abstract Fd reopen() throws IOException;

    @Override
    public final long read(FileCaller caller, long address, long bytes) {
        return Errno.EINVAL.negated();
    }

    @Override
    public final long write(FileCaller caller, long address, long bytes) {
        return Errno.EINVAL.negated();
    }

    @Override
    public final long vector(FileCaller caller) {
        return Errno.EINVAL.negated();
    }

    /** A memory file is always ready, as it should be. */
    @Override
    public final boolean refresh() {
        return false;
    }

    @Override
    final boolean isKnownGone() {
        return false; // memory tells nobody; it has to be asked for
    }

    @Override
    final boolean isWatched() {
        return false;
    }
}
