package io.pcmshare.server.patch;

/**
 * A stream's volume, as somebody wishes it. Threads: any; the audio thread reads it once a pass.
 */
public final class Fader {
    /** Decibels beyond which nothing gets louder. */
    public static final double MOST_DECIBELS = 20;

    private volatile double decibels;
    private volatile boolean muted;

    /** At 0 dB. */
    Fader() {}

    /** Sets the volume. */
    public void decibels(double wanted) {
        if (!(wanted <= MOST_DECIBELS)) {
            throw new IllegalArgumentException("decibels=" + wanted);
        }
        decibels = wanted;
    }

    /** The volume, 0 for as it came. */
    public double decibels() {
        return decibels;
    }

    /** Mutes, or not. */
    public void muted(boolean wanted) {
        muted = wanted;
    }

    /** Whether it is muted. */
    public boolean isMuted() {
        return muted;
    }

    /** As somebody finds it who begins. */
    void reset() {
        decibels = 0;
        muted = false;
    }

    /** What samples are multiplied by. */
    double gain() {
        return muted ? 0 : Math.pow(10, decibels / 20);
    }
}
