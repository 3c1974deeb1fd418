package io.pcmshare.core.pcm;

/**
 * Sizes of one ring, in frames.
 *
 * @param bufferSize frames in the ring
 * @param boundary where the pointers wrap, a multiple of {@code bufferSize}
 */
public record RingGeometry(long bufferSize, long boundary) {
    /** Refuses a boundary that would tear the ring. */
    public RingGeometry {
        if (bufferSize <= 0 || boundary <= 0 || boundary % bufferSize != 0) {
            throw new IllegalArgumentException(
                    "bufferSize=" + bufferSize + ", boundary=" + boundary);
        }
    }

    /**
     * The geometry that the kernel gives a buffer: its size doubled while it fits.
     *
     * @param limit the largest signed number of the caller's data model, {@code LONG_MAX}
     */
    public static RingGeometry of(long bufferSize, long limit) {
        long boundary = bufferSize;
        while (boundary <= (limit - bufferSize) / 2) {
            boundary *= 2;
        }
        return new RingGeometry(bufferSize, boundary);
    }

    /** {@code ptr + frames}, wrapped. Pointers are advanced here and nowhere else. */
    public long advance(long ptr, long frames) {
        long next = ptr + frames;
        return next < 0 || next >= boundary ? next - boundary : next;
    }

    /** {@code ptr - frames}, wrapped. */
    public long retreat(long ptr, long frames) {
        long next = ptr - frames;
        return next < 0 ? next + boundary : next;
    }

    /** Whether a pointer can be one of this ring. */
    public boolean isPointer(long ptr) {
        return ptr >= 0 && ptr < boundary;
    }

    /** Where in the ring a pointer stands, frames from its beginning. */
    public long offset(long ptr) {
        return ptr % bufferSize;
    }

    /** Frames that a playback client may write. Kernel: snd_pcm_playback_avail(). */
    public long playbackAvail(long hwPtr, long applPtr) {
        long avail = hwPtr + bufferSize - applPtr;
        if (avail < 0) {
            return avail + boundary;
        }
        return avail >= boundary ? avail - boundary : avail;
    }

    /** Frames that a capture client may read. Kernel: snd_pcm_capture_avail(). */
    public long captureAvail(long hwPtr, long applPtr) {
        long avail = hwPtr - applPtr;
        return avail < 0 ? avail + boundary : avail;
    }
}
