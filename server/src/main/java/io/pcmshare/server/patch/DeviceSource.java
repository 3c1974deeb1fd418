package io.pcmshare.server.patch;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.cards.MixInput;
import io.pcmshare.mix.FrameConverter;
import io.pcmshare.mix.FrameConverter.Shape;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/** What a device records. Owns the device's stream. Threads: as {@link Source}. */
final class DeviceSource implements Source {
    private static final long GONE_NANOS = 10_000_000;

    private final MixInput input;
    private final Meter meter;
    private final FrameConverter converter;
    private final AtomicInteger holders = new AtomicInteger();
    private final double[] block;
    private final MemorySegment blockMemory;
    private int listeners;
    private long originFrame;
    private long frame;
    private long lookedNanos = Long.MIN_VALUE;

    DeviceSource(MixInput input) {
        this.input = input;
        Shape shape = input.shape();
        this.meter = new Meter(shape.channels(), rate());
        this.converter =
                new FrameConverter(shape, new Shape(PcmFormat.FLOAT64_LE, shape.channels()));
        this.block = new double[Strip.BLOCK * shape.channels()];
        this.blockMemory = MemorySegment.ofArray(block);
    }

    @Override
    public Shape shape() {
        return input.shape();
    }

    @Override
    public int rate() {
        return input.params().rate();
    }

    @Override
    public long quantum() {
        return input.params().periodSize();
    }

    /** What the device records. */
    MixInput input() {
        return input;
    }

    @Override
    public long start(long nowNanos) {
        if (isGone()) {
            return io.pcmshare.abi.Errno.ENODEV.negated();
        }
        int answer = input.start(nowNanos);
        if (answer < 0) {
            return answer;
        }
        if (listeners == 0) {
            originFrame = input.frame(nowNanos);
            frame = originFrame;
            lookedNanos = nowNanos;
        }
        listeners++;
        return frame(nowNanos);
    }

    @Override
    public void stop() {
        listeners--;
        input.stop();
        if (listeners == 0) {
            meter.silence();
        }
    }

    @Override
    public long frame(long nowNanos) {
        if (nowNanos != lookedNanos) {
            lookedNanos = nowNanos;
            long now = input.frame(nowNanos);
            long before = frame;
            frame = Math.max(frame, originFrame + (now - originFrame) / quantum() * quantum());
            measure(before);
        }
        return frame;
    }

    private void measure(long before) {
        long from = Math.max(before, frame - input.capacity());
        while (from < frame) {
            int piece = (int) Math.min(Strip.BLOCK, frame - from);
            read(block, piece, from);
            meter.add(block, 0, piece);
            from += piece;
        }
    }

    @Override
    public void read(double[] samples, int frames, long atFrame) {
        int channels = shape().channels();
        for (int done = 0; done < frames; ) {
            long place = (atFrame + done) % input.capacity();
            int piece = (int) Math.min(frames - done, input.capacity() - place);
            piece = Math.min(piece, Strip.BLOCK);
            converter.convert(input.kept(), place * shape().frameBytes(), blockMemory, 0, piece);
            System.arraycopy(block, 0, samples, done * channels, piece * channels);
            done += piece;
        }
    }

    @Override
    public long nanosAt(long wanted) {
        long pieces = Math.ceilDiv(Math.max(0, wanted - originFrame), quantum());
        return isGone() ? Long.MAX_VALUE : input.nanosAt(originFrame + pieces * quantum());
    }

    @Override
    public long lookNanos() {
        return isGone() ? lookedNanos + GONE_NANOS : input.lookNanos();
    }

    @Override
    public boolean isGone() {
        return input.isGone();
    }

    @Override
    public int xruns() {
        return input.xruns();
    }

    @Override
    public Meter meter() {
        return meter;
    }

    @Override
    public void hold() {
        holders.incrementAndGet();
    }

    @Override
    public void letGo() {
        holders.decrementAndGet();
    }

    @Override
    public boolean isHeld() {
        return holders.get() > 0;
    }

    @Override
    public void close() {
        input.close();
    }
}
