package io.pcmshare.share.buffer;

import io.pcmshare.core.pcm.Substream;
import io.pcmshare.share.fence.FenceResult;
import io.pcmshare.share.fence.FrameTimeline;
import io.pcmshare.share.owner.SharedRegion;

/**
 * A device that plays from a buffer or records to it.
 *
 * @param substream the device
 * @param region the buffer as the device's ring; open as long as it is that
 * @param attached whether somebody attached it, so that he can detach it; else it is the ring that
 *     the buffer was exported from
 */
record DeviceUse(Substream substream, SharedRegion region, boolean attached) {
    boolean isCurrent() {
        return region.isOpen();
    }

    /** A player reads, a recorder writes. */
    BufferAccess access() {
        return substream.isCapture() ? BufferAccess.WRITE : BufferAccess.READ;
    }

    FenceResult underWay() {
        return new FrameTimeline(substream).underWay();
    }
}
