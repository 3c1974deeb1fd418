package io.pcmshare.share.owner;

import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.StreamRegions;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.Right;
import io.pcmshare.share.audit.Subject;
import io.pcmshare.sys.Fd;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one holder was given of a stream. Owns a file of the substream: while the grant lives, the
 * substream is not free.
 *
 * <p>Threads: any.
 */
public final class Grant implements AutoCloseable {
    private final SharedStream stream;
    private final @Nullable Grant parent;
    private final GrantTerms terms;
    private final PcmFile file;
    private final @Nullable GrantLimit limit;
    private volatile boolean revoked;
    private volatile boolean closed;
    private volatile Runnable onMemoryReplaced = () -> {};
    private volatile Consumer<String> onTakenBack = why -> {};
    private @Nullable Fd readOnlyRing;
    private @Nullable StreamRegions move;

    Grant(SharedStream stream, @Nullable Grant parent, GrantTerms terms, PcmFile file) {
        this.stream = stream;
        this.parent = parent;
        this.terms = terms;
        this.file = file;
        this.limit =
                terms.isLimited() ? new GrantLimit(stream.owner(), terms, stream::limitDue) : null;
    }

    /** The stream it is of. */
    public SharedStream stream() {
        return stream;
    }

    /** What it allows. */
    public Permissions permissions() {
        return terms.permissions();
    }

    /** What it allows, until when, and whom. */
    public GrantTerms terms() {
        return terms;
    }

    /** Its terms as they are by now: what another that is made of it may have at most. */
    GrantTerms remaining() {
        return new GrantTerms(
                terms.permissions(), terms.expiresNanos(), leftFrames(), terms.holder());
    }

    /** Whether it is that one, or was made of it by any number of steps. */
    boolean isMadeOf(Grant ancestor) {
        Grant grant = this;
        while (grant != null && grant != ancestor) {
            grant = grant.parent;
        }
        return grant != null;
    }

    /** What counts it out; {@code null} where nothing does. */
    @Nullable GrantLimit limit() {
        return limit;
    }

    /** Frames of its quota that are left; {@link GrantTerms#UNLIMITED} without one. */
    public long leftFrames() {
        return limit == null ? GrantTerms.UNLIMITED : limit.leftFrames();
    }

    /** Whether it was taken back. */
    public boolean isRevoked() {
        return revoked;
    }

    /** The holder's file: the calls that the permissions open, and no others. */
    public PcmFile file() {
        return file;
    }

    /** Another grant of the same stream, never wider than this one. */
    public DupResult anonymousDup(int mode) {
        return stream.book().anonymousDup(this, mode);
    }

    /** Another grant of the same stream by the rules of January 2019. */
    public DupResult anonymousDupV1(int mode) {
        return stream.book().anonymousDupV1(this, mode);
    }

    /**
     * Another grant of the same stream for what both allow, given to somebody by this one's holder.
     * It ends with its own terms, at the latest when this one's would.
     *
     * @throws PcmOpenException {@code EPERM} where nothing is left
     */
    public Grant narrow(Permissions asked, Subject holder) throws PcmOpenException {
        return stream.book().narrow(this, asked, holder);
    }

    /**
     * The descriptors that the holder is to be sent, in the order ring, status page, control page,
     * as far as it may have them. Still the stream's: sending duplicates them.
     */
    public List<Fd> borrowFds() throws IOException {
        return borrowFds(file.memory().regions());
    }

    private synchronized List<Fd> borrowFds(StreamRegions regions) throws IOException {
        List<Fd> fds = new ArrayList<>();
        Region data = regions.data();
        if (permissions().has(Right.MAP_BUFFER_READ) && data != null) {
            fds.add(ringOf(data));
        }
        if (permissions().has(Right.MAP_STATUS)) {
            fds.add(fdOf(regions.status()));
        }
        if (permissions().has(Right.MAP_CONTROL)) {
            fds.add(fdOf(regions.control()));
        }
        return List.copyOf(fds);
    }

    /** The kernel lets nobody map for writing what was opened for reading. */
    private Fd ringOf(Region data) throws IOException {
        Fd ring = fdOf(data);
        if (permissions().has(Right.MAP_BUFFER_WRITE)) {
            return ring;
        }
        closeReadOnlyRing();
        Fd readOnly = ring.reopen(Fd.O_RDONLY);
        readOnlyRing = readOnly;
        return readOnly;
    }

    private synchronized void letGo() {
        cancelMove();
        closeReadOnlyRing();
    }

    private void closeReadOnlyRing() {
        if (readOnlyRing != null) {
            readOnlyRing.close();
            readOnlyRing = null;
        }
    }

    private static Fd fdOf(Region region) {
        if (region instanceof SharedRegion shared) {
            return shared.borrowFd();
        }
        throw new IllegalStateException("region=" + region + " cannot leave the process");
    }

    /**
     * Begins to move the stream into other memory without a gap, where this holder is the only one:
     * he copies what the old holds into the new, pointer and all, and says so.
     *
     * @return the descriptors to send him, in the order of {@link #borrowFds()}; this object's
     * @throws IOException when there was no memory; then nothing has changed
     */
    public synchronized List<Fd> offerMove() throws IOException {
        cancelMove();
        StreamRegions fresh = stream.takePresentable();
        move = fresh;
        return borrowFds(fresh);
    }

    /** The holder has been sent what {@link #offerMove} gave: makes him look. */
    public void tellNews() {
        stream.tellNews();
    }

    /**
     * The holder has filled the memory that he was offered: from now on the stream lives in it.
     *
     * @return whether he was offered any
     */
    public synchronized boolean completeMove() {
        StreamRegions filled = move;
        move = null;
        if (filled == null) {
            return false;
        }
        boolean moved = stream.book().moveUnlessTakenBack(this, filled);
        if (!moved) {
            filled.close();
        }
        return moved;
    }

    private void cancelMove() {
        if (move != null) {
            move.close();
            move = null;
        }
    }

    /** Sets who sends the holder its new descriptors after another grant was revoked. */
    public void onMemoryReplaced(Runnable listener) {
        onMemoryReplaced = listener;
    }

    void memoryReplaced() {
        onMemoryReplaced.run();
    }

    /** Sets who is told, and why, when it is taken back because its time or quota is over. */
    public void onTakenBack(Consumer<String> listener) {
        onTakenBack = listener;
    }

    void takenBack(String why) {
        onTakenBack.accept(why);
    }

    /**
     * Takes it back while it is in use, and whatever was made of it: from now on nothing its holder
     * writes is heard, nothing recorded reaches him, his calls answer {@code ENODEV}. What he maps
     * stays memory.
     *
     * @return the hardware pointer from which on nothing of the holder is heard
     * @throws IOException when there was no memory; then it is still in force
     */
    public long revoke() throws IOException {
        return stream.book().revoke(this, "taken back", 0);
    }

    /**
     * Gives it up, and closes it: the stream goes on in other memory, so that what its holder may
     * have kept mapped is nobody's any more. For a holder whose word that he let go is not enough.
     *
     * @throws IOException when there was no memory; then it is closed, and what he mapped is still
     *     the stream's
     */
    public void release() throws IOException {
        try {
            if (!closed && !revoked) {
                stream.book().release(this);
            }
        } finally {
            close();
        }
    }

    /** It has been taken back: nothing opens any more. */
    void lose() {
        revoked = true;
        stopCounting();
        file.revoke();
    }

    private void stopCounting() {
        if (limit != null) {
            limit.close();
        }
    }

    /** Gives it up. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        stopCounting();
        stream.book().closed(this);
        letGo();
        file.close();
    }
}
