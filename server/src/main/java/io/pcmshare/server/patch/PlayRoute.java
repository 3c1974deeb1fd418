package io.pcmshare.server.patch;

import io.pcmshare.abi.ChannelPosition;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.mix.Dither;
import io.pcmshare.mix.FrameConverter;
import io.pcmshare.mix.FrameConverter.Shape;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way of a client's frames into a {@link Sink}: doubles, the {@link Strip}, the sum.
 *
 * <p>Made by whoever asks for the way, used by the audio thread, under the bay's lock; then it
 * allocates nothing.
 */
final class PlayRoute {
    /** Louder than any sound; so that nothing infinite, and no number at all, gets into a sum. */
    private static final double LOUDEST = 8;

    private final Voice voice;
    private final Sink sink;
    private final Strip strip;
    private final FrameConverter converter;
    private final Meter meter;
    private final int frameBytes;
    private final double[] block;
    private final MemorySegment blockMemory;
    private final boolean isLossy;
    private final AtomicBoolean released = new AtomicBoolean();
    private long nextFrame;

    /** A way that holds its sink until {@link #release}. */
    PlayRoute(Voice voice, Sink sink) {
        this.voice = voice;
        this.sink = sink;
        sink.hold();
        int channels = sink.params().channels();
        int rate = sink.params().rate();
        this.strip =
                new Strip(
                        voice.positions(),
                        voice.rate(),
                        ChannelPosition.standard(channels),
                        rate,
                        this::add);
        Shape from = new Shape(voice.format(), voice.channels());
        this.frameBytes = from.frameBytes();
        this.converter =
                new FrameConverter(from, new Shape(PcmFormat.FLOAT64_LE, voice.channels()));
        this.block = new double[Strip.BLOCK * voice.channels()];
        this.blockMemory = MemorySegment.ofArray(block);
        this.meter = new Meter(channels, rate);
        this.isLossy = Dither.isUseful(voice.format(), sink.params().format());
    }

    /** It is used no more. Idempotent. Threads: any. */
    void release() {
        if (released.compareAndSet(false, true)) {
            sink.letGo();
        }
    }

    Voice voice() {
        return voice;
    }

    Sink sink() {
        return sink;
    }

    Strip strip() {
        return strip;
    }

    Meter meter() {
        return meter;
    }

    /** Whether what it adds has more bits than its format, or more than the device hears. */
    boolean isLossy() {
        return isLossy || !strip.isTransparent();
    }

    /** The frame of the sink that is added next. */
    long nextFrame() {
        return nextFrame;
    }

    void nextFrame(long frame) {
        nextFrame = frame;
    }

    /**
     * Adds a client's frames to the sum.
     *
     * @param ring where they are, one behind the other
     * @param offset the first one's first byte
     */
    void add(MemorySegment ring, long offset, long frames) {
        for (long done = 0; done < frames; ) {
            int piece = (int) Math.min(Strip.BLOCK, frames - done);
            converter.convert(ring, offset + done * frameBytes, blockMemory, 0, piece);
            if (voice.format().isFloat()) {
                tame(piece * voice.channels());
            }
            strip.put(block, piece);
            done += piece;
        }
    }

    /** A float can be anything; what others play must not suffer from it. */
    private void tame(int samples) {
        for (int i = 0; i < samples; i++) {
            double sample = block[i];
            // false as well for what is no number
            boolean isSound = sample >= -LOUDEST && sample <= LOUDEST;
            block[i] = isSound ? sample : sample > 0 ? LOUDEST : sample < 0 ? -LOUDEST : 0;
        }
    }

    private void add(double[] samples, int frames) {
        meter.add(samples, 0, frames);
        sink.window().add(samples, 0, frames, nextFrame);
        nextFrame += frames;
    }
}
