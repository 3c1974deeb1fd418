package io.pcmshare.server.patch;

import io.pcmshare.mix.FrameConverter.Shape;

/**
 * What a device plays, for those who listen in. While somebody does the device plays, if only
 * silence. Threads: as {@link Source}.
 */
final class MonitorSource implements Source {
    private final Sink sink;

    MonitorSource(Sink sink) {
        this.sink = sink;
    }

    /** What is listened to. */
    Sink sink() {
        return sink;
    }

    @Override
    public Shape shape() {
        return sink.window().out();
    }

    @Override
    public int rate() {
        return sink.params().rate();
    }

    @Override
    public long quantum() {
        return sink.quantum();
    }

    @Override
    public long start(long nowNanos) {
        return sink.listen(nowNanos);
    }

    @Override
    public void stop() {
        sink.stopListening();
    }

    @Override
    public long frame(long nowNanos) {
        return sink.heardFrame(nowNanos);
    }

    @Override
    public void read(double[] samples, int frames, long atFrame) {
        sink.window().read(samples, 0, frames, atFrame);
    }

    @Override
    public long nanosAt(long frame) {
        return sink.heardNanosAt(frame);
    }

    @Override
    public long lookNanos() {
        return sink.lookNanos();
    }

    @Override
    public boolean isGone() {
        return sink.isGone();
    }

    @Override
    public int xruns() {
        return sink.xruns();
    }

    @Override
    public Meter meter() {
        return sink.meter();
    }

    @Override
    public void hold() {
        sink.hold();
    }

    @Override
    public void letGo() {
        sink.letGo();
    }

    @Override
    public boolean isHeld() {
        return sink.isHeld();
    }

    /** The sink stays its owner's. */
    @Override
    public void close() {}
}
