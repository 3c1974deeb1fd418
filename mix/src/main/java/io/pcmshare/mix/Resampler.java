package io.pcmshare.mix;

import java.util.Arrays;

/**
 * Makes frames of one rate of those of another: what an exact low pass would have between them,
 * with all errors together more than 120 dB below a tone (docs/design/resampling.md has the
 * numbers).
 *
 * <p>New frame {@code n} lies at {@code n * from / to} old ones, counted in whole numbers: nothing
 * drifts, however long a stream is, and frame 0 is frame 0. It is made as soon as {@link #latency}
 * frames behind that place are there; {@link #drain} has silence follow the last one, and then
 * {@code frames * to / from} new ones have come out, to the nearest. Frames are interleaved
 * doubles; a result does not depend on the pieces in which they come, to the bit. A sample that is
 * no number spoils the new frames within {@link #latency} of it, and no others. Threads: one. After
 * it was made, allocates nothing and makes no system call.
 */
public final class Resampler {
    /** Frames per second. */
    public static final int LOWEST_RATE = 8_000;

    /** Frames per second. */
    public static final int HIGHEST_RATE = 192_000;

    private static final long FOREVER = Long.MAX_VALUE;

    private final int channels;
    private final int up;
    private final int down;
    private final FilterBank bank;
    private final double[][] history;
    private final int capacity;

    /** Frames in the history. */
    private int filled;

    /** The place in the history that the next new frame lies at or after, and how far after. */
    private int place;

    private int phase;
    private long framesIn;
    private long framesOut;
    private long endOut = FOREVER;
    private int silenceLeft;

    /**
     * A resampler that has heard nothing.
     *
     * @param fromRate frames per second that come, {@link #LOWEST_RATE} to {@link #HIGHEST_RATE}
     * @param toRate frames per second that go; where it is the same, they go as they came
     * @param channels samples in a frame
     */
    public Resampler(int fromRate, int toRate, int channels) {
        if (isNoRate(fromRate) || isNoRate(toRate) || channels <= 0) {
            throw new IllegalArgumentException(
                    "fromRate=" + fromRate + ", toRate=" + toRate + ", channels=" + channels);
        }
        int common = commonDivisor(fromRate, toRate);
        this.channels = channels;
        this.up = toRate / common;
        this.down = fromRate / common;
        this.bank = new FilterBank(up, down);
        // as much again as the filter needs, so that what it needs is moved once for as many new
        this.capacity = bank.taps() + Math.max(bank.taps(), Samples.BLOCK);
        this.history = new double[channels][capacity];
        reset();
    }

    private static boolean isNoRate(int rate) {
        return rate < LOWEST_RATE || rate > HIGHEST_RATE;
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }

    /** Forgets everything, as before the first frame. */
    public void reset() {
        for (double[] channel : history) {
            Arrays.fill(channel, 0);
        }
        filled = bank.past();
        place = bank.past();
        phase = 0;
        framesIn = 0;
        framesOut = 0;
        endOut = FOREVER;
        silenceLeft = 0;
    }

    /** Old frames that must be there behind a place before its new frame can be made. */
    public int latency() {
        return bank.ahead();
    }

    /**
     * Old frames that so many new ones take, both counted since the beginning; see {@link
     * #framesOf}.
     */
    public long framesFor(long newFrames) {
        return newFrames <= 0 ? 0 : (newFrames - 1) * down / up + bank.ahead() + 1;
    }

    /** New frames that so many old ones make, both counted since the beginning. */
    public long framesOf(long oldFrames) {
        return Math.ceilDiv(Math.max(0, oldFrames - bank.ahead()) * up, (long) down);
    }

    /** New frames that {@link #take} has now. */
    public long ready() {
        if (endOut != FOREVER) {
            return endOut - framesOut;
        }
        return framesOf(framesIn) - framesOut;
    }

    /**
     * Old frames that must come yet until {@link #take} has so many; after {@link #drain} none.
     *
     * @param frames new ones, at least 1
     */
    public long wanting(int frames) {
        if (endOut != FOREVER) {
            return 0;
        }
        long last = (framesOut + frames - 1) * down / up;
        return Math.max(0, last + bank.ahead() + 1 - framesIn);
    }

    /**
     * Hears frames, as many as there is room for; {@link #take} makes room. Where it has nothing
     * left, there is room for 1024 at least. After {@link #drain} there is none.
     *
     * @param from samples of frames, one behind the other
     * @param first the first frame's number in the array
     * @param frames how many
     * @return how many were heard
     */
    public int put(double[] from, int first, int frames) {
        if (endOut != FOREVER) {
            return 0;
        }
        int heard = Math.min(frames, room(frames));
        for (int channel = 0; channel < channels; channel++) {
            double[] samples = history[channel];
            int at = first * channels + channel;
            for (int i = 0; i < heard; i++) {
                samples[filled + i] = from[at + i * channels];
            }
        }
        filled += heard;
        framesIn += heard;
        return heard;
    }

    /** Says that no frame follows: what {@link #take} has yet is the rest. */
    public void drain() {
        if (endOut == FOREVER) {
            endOut = (2 * framesIn * up + down) / (2L * down);
            silenceLeft = bank.ahead();
        }
    }

    /**
     * Makes new frames, as many as can be.
     *
     * @param to where they go, one behind the other
     * @param first the first frame's number in the array
     * @param frames how many there is room for
     * @return how many were made; after {@link #drain} fewer than there is room for only at the end
     */
    public int take(double[] to, int first, int frames) {
        int made = make(to, first, frames);
        while (made < frames && hearSilence()) {
            made += make(to, first + made, frames - made);
        }
        return made;
    }

    private int make(double[] to, int first, int frames) {
        int made = 0;
        int most = (int) Math.min(frames, endOut - framesOut);
        while (made < most && place + bank.ahead() < filled) {
            int row = bank.select(phase);
            int at = (first + made) * channels;
            for (int channel = 0; channel < channels; channel++) {
                to[at + channel] = sum(row, history[channel], place - bank.past());
            }
            phase += down % up;
            place += down / up;
            if (phase >= up) {
                phase -= up;
                place++;
            }
            made++;
        }
        framesOut += made;
        return made;
    }

    /** Four sums, because one would wait for each addition before the next. */
    private double sum(int row, double[] samples, int from) {
        double[] rows = bank.coefficients();
        int taps = bank.taps();
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i <= taps - 4; i += 4) {
            first += rows[row + i] * samples[from + i];
            second += rows[row + i + 1] * samples[from + i + 1];
            third += rows[row + i + 2] * samples[from + i + 2];
            fourth += rows[row + i + 3] * samples[from + i + 3];
        }
        for (; i < taps; i++) {
            first += rows[row + i] * samples[from + i];
        }
        return (first + second) + (third + fourth);
    }

    /** Frames that fit behind those that are there; where too few do, what has passed goes. */
    private int room(int wanted) {
        int passed = Math.min(place - bank.past(), filled);
        if (passed > 0 && capacity - filled < wanted) {
            for (double[] channel : history) {
                System.arraycopy(channel, passed, channel, 0, filled - passed);
            }
            filled -= passed;
            place -= passed;
        }
        return capacity - filled;
    }

    private boolean hearSilence() {
        int heard = Math.min(silenceLeft, room(silenceLeft));
        for (double[] channel : history) {
            Arrays.fill(channel, filled, filled + heard, 0);
        }
        filled += heard;
        silenceLeft -= heard;
        return heard > 0;
    }
}
