package io.pcmshare.core.pcm;

import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.params.PcmHardware;

import org.jspecify.annotations.Nullable;

/**
 * A card's driver for one substream. Kernel: include/sound/pcm.h, {@code struct snd_pcm_ops}.
 *
 * <p>Implemented in {@code cards}; not sealed, because a sealed type cannot permit classes of
 * another module. Threads: every call is made under the card's lock and must not wait, but {@link
 * #foresee}.
 */
public interface PcmOps {
    /** What the device can do. */
    PcmHardware hardware();

    /** Adds constraints beyond {@link #hardware()} while a substream opens. */
    default void constrain(HwConstraints constraints) {}

    /** Whether {@link #hwParams} takes time, so that it is to be foreseen. */
    default boolean isSlow() {
        return false;
    }

    /**
     * These parameters are about to be chosen, by whoever calls this, without the card's lock: for
     * work that others should not have to wait for. It may be for nothing.
     */
    default void foresee(StreamParams params) {}

    /**
     * Parameters were chosen.
     *
     * @return 0 or a negated errno
     */
    default int hwParams(StreamParams params) {
        return 0;
    }

    /** Parameters are gone. */
    default void hwFree() {}

    /**
     * Gets ready to start from frame 0.
     *
     * @return 0 or a negated errno
     */
    int prepare(StreamParams params);

    /**
     * Starts, stops, pauses.
     *
     * @param nowNanos the card's time of this instant, the same for all linked streams
     * @return 0 or a negated errno
     */
    int trigger(TriggerCommand command, long nowNanos);

    /**
     * Frames moved since {@link #prepare}, never decreasing; the counterpart of the kernel's {@code
     * pointer}, without its wrap.
     */
    long moved(long nowNanos);

    /** When this many frames will have moved; {@link Long#MAX_VALUE} while standing. */
    long nanosAt(long frames);

    /**
     * When the driver wants its stream to be looked at, whatever the client's periods are: the
     * period of what it plays through. {@link Long#MAX_VALUE} for no wish. Asked while the stream
     * runs.
     */
    default long lookNanos() {
        return Long.MAX_VALUE;
    }

    /**
     * Frames between the ring and the ear, or the air and the ring, which count as delay. Kernel:
     * include/sound/pcm.h, {@code runtime->delay}.
     */
    default long queuedFrames() {
        return 0;
    }

    /**
     * Moves samples: playback, out of the ring; capture, into it. Audio path: allocates nothing.
     *
     * <p>A driver may assume that the parameters are those it was prepared with, that frames come
     * in order and without a gap from frame 0 of {@link #prepare} on, and that nobody else moves
     * the ring's pointers meanwhile; a playback client may write what it likes at any time. One
     * that states {@code INTERLEAVED} only may treat the frames as one run of bytes, {@code
     * ring.params().bytes(offsetFrames)} and {@code bytes(frames)}. One that states {@code
     * NONINTERLEAVED} as well asks {@link RingView#isInterleaved()}, or finds every sample by
     * {@link RingView#sampleOffset} and {@link RingView#stepBytes}, which hold for both.
     *
     * @param ring where the samples are
     * @param offsetFrames first frame in the ring
     * @param frames how many, at least 1; never past the ring's end
     */
    void transfer(RingView ring, long offsetFrames, long frames);

    /**
     * The substream whose position must be brought up to date before this one's, because its
     * samples flow into this one: the playing end of a cable.
     */
    default @Nullable Substream source() {
        return null;
    }

    /** The last open file is gone. */
    default void close() {}
}
