package io.pcmshare.share.owner;

import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.StreamRegions;
import io.pcmshare.share.Permission;
import io.pcmshare.share.Permissions;
import io.pcmshare.sys.Fd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one holder was given of a stream. Owns a file of the substream: while the grant lives, the
 * substream is not free.
 *
 * <p>Threads: any.
 */
public final class Grant implements AutoCloseable {
    private final SharedStream stream;
    private final Permissions permissions;
    private final PcmFile file;
    private volatile boolean revoked;
    private volatile Runnable onMemoryReplaced = () -> {};

    Grant(SharedStream stream, Permissions permissions, PcmFile file) {
        this.stream = stream;
        this.permissions = permissions;
        this.file = file;
    }

    /** The stream it is of. */
    public SharedStream stream() {
        return stream;
    }

    /** What it allows. */
    public Permissions permissions() {
        return permissions;
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
        return stream.anonymousDup(permissions, mode);
    }

    /** Another grant of the same stream by the rules of January 2019. */
    public DupResult anonymousDupV1(int mode) {
        return stream.anonymousDupV1(permissions, mode);
    }

    /**
     * The descriptors that the holder is to be sent, in the order ring, status page, control page,
     * as far as it may have them. Still the stream's: sending duplicates them.
     */
    public List<Fd> borrowFds() {
        StreamRegions regions = file.memory().regions();
        List<Fd> fds = new ArrayList<>();
        Region data = regions.data();
        if (permissions.has(Permission.MAP_BUFFER) && data != null) {
            fds.add(fdOf(data));
        }
        if (permissions.has(Permission.MAP_STATUS)) {
            fds.add(fdOf(regions.status()));
        }
        if (permissions.has(Permission.MAP_CONTROL)) {
            fds.add(fdOf(regions.control()));
        }
        return List.copyOf(fds);
    }

    private static Fd fdOf(Region region) {
        if (region instanceof SharedRegion shared) {
            return shared.borrowFd();
        }
        throw new IllegalStateException("region=" + region + " cannot leave the process");
    }

    /** Sets who sends the holder its new descriptors after another grant was revoked. */
    public void onMemoryReplaced(Runnable listener) {
        onMemoryReplaced = listener;
    }

    void memoryReplaced() {
        onMemoryReplaced.run();
    }

    /**
     * Takes it back while it is in use; see {@link SharedStream#revoke}. Closes it.
     *
     * @return the hardware pointer from which on nothing of the holder is heard
     */
    public long revoke() throws IOException {
        long cut = stream.revoke(this);
        revoked = true;
        file.revoke();
        return cut;
    }

    /** Gives it up. Idempotent. */
    @Override
    public void close() {
        stream.closed(this);
        file.close();
    }
}
