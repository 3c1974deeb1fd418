package io.pcmshare.cards;

import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.UserFrames;
import io.pcmshare.mix.FrameConverter.Shape;
import io.pcmshare.mix.MixBus;

import java.io.Closeable;

/**
 * Where a mixer card sums its streams, and what it plays the sum through. Owns the outlet. Threads:
 * under the mixer card's lock.
 */
final class MixOutput implements Closeable {
    private final CardOutlet outlet;
    private final MixBus bus;
    private final UserFrames mix;

    private MixOutput(CardOutlet outlet) {
        this.outlet = outlet;
        Shape shape = new Shape(outlet.params().format(), outlet.params().channels());
        this.bus = new MixBus(shape, Math.toIntExact(outlet.leadFrames() + outlet.lookFrames()));
        int frameBytes = shape.frameBytes();
        this.mix =
                (ring, ringOffset, userOffset, bytes) -> {
                    bus.take(ring, ringOffset, bytes / frameBytes);
                    return 0;
                };
    }

    /**
     * Opens the first free substream of a device and chooses parameters for it.
     *
     * @throws PcmOpenException {@code EBUSY} when none is free, and what choosing answered
     */
    static MixOutput open(PcmDevice device, MixFormat format) throws PcmOpenException {
        return new MixOutput(CardOutlet.open(device, format, Long.MAX_VALUE));
    }

    /** Where the streams are summed. */
    MixBus bus() {
        return bus;
    }

    /** What the sum is played through. */
    CardOutlet outlet() {
        return outlet;
    }

    /**
     * Plays the next frames of the mix.
     *
     * @return frames, or a negated errno: {@code EPIPE} when it has run empty
     */
    long play(long frames) {
        return outlet.play(mix, frames);
    }

    @Override
    public void close() {
        outlet.close();
    }
}
