package io.pcmshare.share.buffer;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.share.fence.Party;
import io.pcmshare.share.owner.SharedRegion;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.FileId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All share buffers of a process: the same memory is the same buffer, whoever exports it. Owns
 * them. Threads: any; one lock for all, under which cards' locks are taken, never the other way.
 */
public final class ShareBuffers implements AutoCloseable {
    private final Map<FileId, ShareBuffer> buffers = new HashMap<>();

    /**
     * Exports the ring of a stream. The buffer lives as long as somebody has it, whatever becomes
     * of the stream.
     *
     * @return refused with {@code EBADFD} before there is a ring, {@code EMFILE} and its like where
     *     there is no descriptor left
     */
    public synchronized BufferResult export(PcmFile file) {
        prune();
        Region ring = file.memory().regions().data();
        if (!(ring instanceof SharedRegion shared)) {
            return new BufferResult.Refused(Errno.EBADFD);
        }
        try {
            FileId id = shared.borrowFd().id();
            ShareBuffer buffer = buffers.get(id);
            if (buffer == null) {
                buffer = new ShareBuffer(this, id);
                buffers.put(id, buffer);
            }
            buffer.take(shared);
            if (!buffer.isUsedBy(file.substream())) {
                buffer.use(new DeviceUse(file.substream(), shared, false));
            }
            return new BufferResult.Made(buffer);
        } catch (ErrnoException e) {
            prune();
            Errno errno = e.errno();
            return new BufferResult.Refused(errno == null ? Errno.ENOMEM : errno);
        }
    }

    /**
     * Detaches what was attached to a stream; one that runs goes on, in memory of its own, which is
     * silent.
     *
     * @return 0; or negated {@code EINVAL} where nothing is attached, {@code ENOMEM}
     */
    public synchronized int detach(PcmFile file) {
        for (ShareBuffer buffer : buffers.values()) {
            DeviceUse use = buffer.attachmentOf(file.substream());
            if (use != null) {
                int answer = use.region().isForeign() ? file.memory().detachRing() : 0;
                if (answer == 0) {
                    buffer.detached(use);
                    prune();
                }
                return answer;
            }
        }
        return Errno.EINVAL.negated();
    }

    @Nullable DeviceUse attachmentOf(Substream substream) {
        for (ShareBuffer buffer : buffers.values()) {
            DeviceUse use = buffer.attachmentOf(substream);
            if (use != null) {
                return use;
            }
        }
        return null;
    }

    /** Somebody is no more: what he has begun fails. */
    public synchronized void gone(Party party) {
        buffers.values().forEach(buffer -> buffer.failBrackets(party));
    }

    /** Whether somebody has begun what he has not ended. */
    public synchronized boolean isAccessing(Party party) {
        for (ShareBuffer buffer : buffers.values()) {
            if (buffer.isAccessedBy(party)) {
                return true;
            }
        }
        return false;
    }

    /** The buffers that somebody has, or that are attached somewhere. */
    public synchronized List<ShareBuffer> all() {
        prune();
        return List.copyOf(buffers.values());
    }

    void prune() {
        buffers.values().removeIf(ShareBuffer::isUnused);
    }

    /** Gives up all; streams go on, and who waits for a fence sees it fail. */
    @Override
    public synchronized void close() {
        new ArrayList<>(buffers.values()).forEach(ShareBuffer::free);
        buffers.clear();
    }
}
