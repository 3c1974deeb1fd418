package io.pcmshare.mix;

/**
 * The volume of one stream on its way through a mix, with a mute, without clicks: the gain moves to
 * a new one over a fixed number of frames. All channels together; {@link Amplifier} has a gain for
 * each channel, of samples in a card's own format.
 *
 * <p>Frames are interleaved doubles, changed where they are. Frames are counted, so that the result
 * does not depend on the pieces in which they come. A change during a change begins where the gain
 * is. Threads: one. Allocates nothing.
 */
public final class GainRamp {
    /** How a gain moves. */
    public enum Curve {
        /** The same difference with each frame: a fade of a few milliseconds. */
        LINEAR,

        /**
         * The same number of decibels with each frame: a slow fade that sounds even. Silence is
         * where {@link GainRamp#SILENCE_DB} would be, and then 0.
         */
        DECIBELS
    }

    /** A gain of so many decibels is next to silence: less than the last of 16 bits. */
    public static final double SILENCE_DB = -100;

    private static final double NEXT_TO_SILENCE = Math.pow(10, SILENCE_DB / 20);

    private final int channels;
    private final int frames;
    private final Curve curve;
    private double volume = 1;
    private boolean isMuted;
    private double from = 1;
    private double now = 1;
    private double target = 1;

    /** Times {@link #now} is the next frame's gain, where decibels are what is even. */
    private double factor = 1;

    private int place;

    /**
     * A ramp that stands at 1.
     *
     * @param channels samples in a frame
     * @param frames that a change takes; 0 for at once
     * @param curve how it gets there
     */
    public GainRamp(int channels, int frames, Curve curve) {
        if (channels <= 0 || frames < 0) {
            throw new IllegalArgumentException("channels=" + channels + ", frames=" + frames);
        }
        this.channels = channels;
        this.frames = frames;
        this.curve = curve;
        this.place = frames;
    }

    /**
     * Where the gain shall go, from the next frame on; heard after {@link #unmute} where the stream
     * is muted.
     *
     * @param gain a factor, 0 to whatever is not infinite
     */
    public void aim(double gain) {
        if (!(gain >= 0 && gain < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("gain=" + gain);
        }
        volume = gain;
        move();
    }

    /** Moves to silence, from the next frame on; the volume is kept for {@link #unmute}. */
    public void mute() {
        isMuted = true;
        move();
    }

    /** Moves back to the volume that was aimed at last. */
    public void unmute() {
        isMuted = false;
        move();
    }

    /** Has the gain where it shall be, at once: before a stream begins. */
    public void jump() {
        place = frames;
        now = target;
    }

    /** Whether the stream is muted, or about to be. */
    public boolean isMuted() {
        return isMuted;
    }

    /** The gain of the frame before the next. */
    public double gain() {
        return now;
    }

    /** Whether the next frames stay what they are. */
    public boolean isTransparent() {
        return place == frames && target == 1;
    }

    /** Whether the next frames will be silent whatever they are: nobody needs to make them. */
    public boolean isSilent() {
        return place == frames && target == 0;
    }

    private void move() {
        double wanted = isMuted ? 0 : volume;
        if (wanted == target) {
            return;
        }
        target = wanted;
        from = now;
        place = 0;
        if (frames == 0) {
            now = target;
        } else if (curve == Curve.DECIBELS) {
            now = Math.max(now, NEXT_TO_SILENCE);
            factor = Math.pow(Math.max(target, NEXT_TO_SILENCE) / now, 1.0 / frames);
        }
    }

    /**
     * Makes frames louder or softer.
     *
     * @param samples of frames, one behind the other
     * @param first the first frame's number in the array
     * @param count frames
     */
    public void apply(double[] samples, int first, int count) {
        int frame = first;
        int end = first + count;
        for (; frame < end && place < frames; frame++) {
            step();
            scale(samples, frame * channels, channels);
        }
        if (!isTransparent()) {
            scale(samples, frame * channels, (end - frame) * channels);
        }
    }

    private void step() {
        place++;
        if (place == frames) {
            now = target;
        } else if (curve == Curve.DECIBELS) {
            now *= factor;
        } else {
            now = from + (target - from) * place / frames;
        }
    }

    private void scale(double[] samples, int from, int count) {
        double gain = now;
        for (int i = from; i < from + count; i++) {
            // silence has no sign, and no NaN
            samples[i] = gain == 0 ? 0 : samples[i] * gain;
        }
    }
}
