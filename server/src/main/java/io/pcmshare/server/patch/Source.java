package io.pcmshare.server.patch;

import io.pcmshare.mix.FrameConverter.Shape;

import java.io.Closeable;

/**
 * Something that many listen to. Frames are counted from its first one, and kept for a while.
 *
 * <p>Threads: under the bay's lock; {@link #hold} and {@link #letGo} any. Audio path: allocates
 * nothing.
 */
sealed interface Source extends Closeable permits DeviceSource, MonitorSource {
    /** What its frames were before they became doubles. */
    Shape shape();

    /** Frames a second. */
    int rate();

    /** Frames that are looked after at once. */
    long quantum();

    /**
     * Somebody listens from now on.
     *
     * @return the number of the first frame for him, or what the device answers
     */
    long start(long nowNanos);

    /** One listens no more. */
    void stop();

    /** The number of the frame behind the last one that is there at an instant. */
    long frame(long nowNanos);

    /** Copies frames that are there. */
    void read(double[] samples, int frames, long atFrame);

    /** When the frame before this one will be there. */
    long nanosAt(long frame);

    /** When somebody has to look. */
    long lookNanos();

    /** Whether its device is gone. */
    boolean isGone();

    /** Times it has lost frames. */
    int xruns();

    /** How loud it is. */
    Meter meter();

    /** Somebody has a way from it. */
    void hold();

    /** One has it no more. */
    void letGo();

    /** Whether anybody has a way from it, whether he records or not. */
    boolean isHeld();

    @Override
    void close();
}
