package io.pcmshare.cards;

import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.mix.LevelMeter;
import io.pcmshare.mix.Samples;

import org.jspecify.annotations.Nullable;

/**
 * How much was heard of a stream and how loud: for a summary when a program has ended.
 *
 * <p>Threads: told under the card's lock; asked from any, each number for itself.
 */
public final class LevelTap implements StreamTap {
    private final LevelMeter meter = new LevelMeter();
    // one writer, the stream; a reader sees each number whole, and the last ones after the close
    private volatile @Nullable StreamParams params;
    private volatile long frames;
    private volatile double peak;
    private volatile double rms;
    private volatile boolean isClosed;

    /** Measures nothing yet. */
    public LevelTap() {}

    @Override
    public void params(StreamParams newParams) {
        params = newParams;
    }

    @Override
    public void frames(RingView view, long offsetFrames, long count) {
        StreamParams of = view.params();
        if (Samples.areNumbers(of.format())) {
            long samples = count * of.channels();
            meter.add(view.memory(), of.bytes(offsetFrames), of.format(), samples);
            peak = meter.peak();
            rms = meter.rms();
        }
        long before = frames;
        frames = before + count;
    }

    @Override
    public void closed() {
        isClosed = true;
    }

    /** What the stream last chose; {@code null} before it did. */
    public @Nullable StreamParams params() {
        return params;
    }

    /** Frames heard since the open. */
    public long frames() {
        return frames;
    }

    /** The greatest magnitude of a sample, full scale at 1. */
    public double peak() {
        return peak;
    }

    /** Root of the mean square of all samples, full scale at 1. */
    public double rms() {
        return rms;
    }

    /** Whether the stream was closed. */
    public boolean isClosed() {
        return isClosed;
    }
}
