package io.pcmshare.server.patch;

import io.pcmshare.abi.ChannelPosition;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.mix.Dither;
import io.pcmshare.mix.FrameConverter;
import io.pcmshare.mix.FrameConverter.Shape;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way from a {@link Source} into a client's ring: the {@link Strip}, dither where bits are
 * lost, the client's format.
 *
 * <p>Made by whoever asks for the way, used by the audio thread, under the bay's lock; then it
 * allocates nothing.
 */
final class RecordRoute {
    private static final long SEED = 0x5eed_0f_ea75L;

    private final Voice voice;
    private final Source source;
    private final Strip strip;
    private final Meter meter;
    private final Dither dither;
    private final boolean losesBits;
    private final FrameConverter converter;
    private final Shape to;
    private final double[] block;

    /** Frames that the strip has made and the client did not get yet. */
    private final double[] made;

    private final MemorySegment madeMemory;
    private int madeFirst;
    private int madeEnd;
    private final AtomicBoolean released = new AtomicBoolean();
    private long nextFrame;

    /** A way that holds its source until {@link #release}. */
    RecordRoute(Voice voice, Source source) {
        this.voice = voice;
        this.source = source;
        source.hold();
        Shape from = source.shape();
        int channels = voice.channels();
        this.strip =
                new Strip(
                        ChannelPosition.standard(from.channels()),
                        source.rate(),
                        voice.positions(),
                        voice.rate(),
                        this::keep);
        this.to = new Shape(voice.format(), channels);
        this.converter = new FrameConverter(new Shape(PcmFormat.FLOAT64_LE, channels), to);
        this.dither = new Dither(PcmFormat.FLOAT64_LE, voice.format(), SEED);
        this.losesBits = Dither.isUseful(from.format(), voice.format());
        this.block = new double[Strip.BLOCK * from.channels()];
        // what one block makes, and what may be left of the one before
        int most = Math.ceilDiv(Strip.BLOCK * voice.rate(), source.rate()) + 2;
        this.made = new double[2 * most * channels];
        this.madeMemory = MemorySegment.ofArray(made);
        this.meter = new Meter(channels, voice.rate());
    }

    /** It is used no more. Idempotent. Threads: any. */
    void release() {
        if (released.compareAndSet(false, true)) {
            source.letGo();
        }
    }

    Voice voice() {
        return voice;
    }

    Source source() {
        return source;
    }

    Strip strip() {
        return strip;
    }

    Meter meter() {
        return meter;
    }

    /** How old a frame is when the client gets it, in his frames. */
    long latency() {
        return (long) strip.latency() * voice.rate() / source.rate();
    }

    /** As before the first frame. */
    void reset(double gain) {
        strip.reset(gain);
        madeFirst = 0;
        madeEnd = 0;
    }

    /** Takes over what another one of the same source's kind has made already. */
    boolean continues(RecordRoute before) {
        if (!strip.continues(before.strip) || before.made.length != made.length) {
            return false;
        }
        System.arraycopy(before.made, 0, made, 0, made.length);
        madeFirst = before.madeFirst;
        madeEnd = before.madeEnd;
        return true;
    }

    /** The frame of the source that is read next. */
    long nextFrame() {
        return nextFrame;
    }

    void nextFrame(long frame) {
        nextFrame = frame;
    }

    /**
     * Makes frames for the client.
     *
     * @param ring where they go, one behind the other
     * @param offset the first one's first byte
     * @param endFrame as far may be read of the source
     */
    void take(MemorySegment ring, long offset, long frames, long endFrame) {
        int channels = to.channels();
        for (long done = 0; done < frames; ) {
            if (madeFirst == madeEnd && !make(endFrame)) {
                // only after frames were left out, by a quota for one
                ring.asSlice(offset + done * to.frameBytes(), (frames - done) * to.frameBytes())
                        .fill((byte) 0);
                return;
            }
            int piece = (int) Math.min(frames - done, madeEnd - madeFirst);
            if (losesBits || !strip.isTransparent()) {
                dither.apply(made, madeFirst * channels, piece * channels);
            }
            converter.convert(
                    madeMemory,
                    (long) madeFirst * channels * Double.BYTES,
                    ring,
                    offset + done * to.frameBytes(),
                    piece);
            madeFirst += piece;
            done += piece;
        }
    }

    private boolean make(long endFrame) {
        madeFirst = 0;
        madeEnd = 0;
        while (madeEnd == 0 && nextFrame < endFrame) {
            int piece = (int) Math.min(Strip.BLOCK, endFrame - nextFrame);
            source.read(block, piece, nextFrame);
            nextFrame += piece;
            strip.put(block, piece);
        }
        return madeEnd > 0;
    }

    private void keep(double[] samples, int frames) {
        int channels = to.channels();
        meter.add(samples, 0, frames);
        System.arraycopy(samples, 0, made, madeEnd * channels, frames * channels);
        madeEnd += frames;
    }
}
