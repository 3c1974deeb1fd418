package io.pcmshare.core.pcm;

/**
 * Keeps stale samples from being heard, as {@code silence_threshold} and {@code silence_size} ask.
 * Kernel: sound/core/pcm_lib.c, snd_pcm_playback_silence().
 *
 * <p>With {@code silence_size} of {@code boundary}, every frame played is silence at once; below,
 * the ring is silenced ahead of a client that falls behind. The memory of another stream, which is
 * only attached, is left as it is. Threads: under the card's lock.
 */
final class SilenceFill {
    private SilenceFill() {}

    /** Before the first frame: everything that the client has not filled. */
    static void atStart(Substream s, PcmRuntime r) {
        RingView ring = r.ring;
        if (ring == null || r.silenceSize == 0 || !r.ownsRing()) {
            return;
        }
        if (!isTopUp(r)) {
            fillToThreshold(r, ring);
            return;
        }
        long queued = Math.clamp(Positions.hwAvail(s, r), 0, r.geometry.bufferSize());
        fill(
                ring,
                r.geometry,
                r.geometry.advance(r.hwPtr(), queued),
                ring.params().bufferSize() - queued);
    }

    /** After {@code frames} up to {@code newHwPtr} were played, before the pointer is published. */
    static void afterMove(PcmRuntime r, RingView ring, long newHwPtr, long frames) {
        if (!r.ownsRing()) {
            return;
        }
        if (isTopUp(r)) {
            fill(ring, r.geometry, r.geometry.retreat(newHwPtr, frames), frames);
        } else {
            fillToThreshold(r, ring);
        }
    }

    private static boolean isTopUp(PcmRuntime r) {
        return Long.compareUnsigned(r.silenceSize, r.geometry.boundary()) >= 0;
    }

    /** Silences up to {@code silenceThreshold} frames ahead of what is queued. */
    private static void fillToThreshold(PcmRuntime r, RingView ring) {
        RingGeometry geometry = r.geometry;
        long applPtr = r.applPtr();
        if (!geometry.isPointer(applPtr)) {
            return;
        }
        if (r.silenceStart != applPtr) {
            long written = geometry.captureAvail(applPtr, r.silenceStart);
            r.silenceFilled = Math.max(0, r.silenceFilled - written);
            r.silenceStart = applPtr;
        }
        long bufferSize = geometry.bufferSize();
        if (r.silenceFilled >= bufferSize) {
            return;
        }
        long queued = bufferSize - geometry.playbackAvail(r.hwPtr(), applPtr);
        long missing = r.silenceThreshold - (queued + r.silenceFilled);
        long frames = Math.min(Math.min(missing, r.silenceSize), bufferSize - r.silenceFilled);
        if (frames > 0) {
            fill(ring, geometry, geometry.advance(applPtr, r.silenceFilled), frames);
            r.silenceFilled += frames;
        }
    }

    private static void fill(RingView ring, RingGeometry geometry, long ptr, long frames) {
        ring.silence(geometry.offset(ptr), Math.min(frames, geometry.bufferSize()));
    }
}
