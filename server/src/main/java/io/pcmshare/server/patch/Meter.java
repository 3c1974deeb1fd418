package io.pcmshare.server.patch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * How loud something is, and a picture of its last moments.
 *
 * <p>Threads: one adds, the audio thread; any reads what it has published. Allocates nothing while
 * it adds.
 */
public final class Meter {
    /** Frames of a level: an eye sees no more of them in a second. */
    private static final int LEVELS_PER_SECOND = 20;

    private static final int PIECES_PER_SECOND = 200;

    /** Pieces that are kept, a power of two: five seconds. */
    private static final int PIECES = 1024;

    /** A peak falls by so much from one level to the next: 20 dB a second. */
    private static final double FALL = Math.pow(10, -1.0 / LEVELS_PER_SECOND);

    private static final VarHandle END;

    static {
        try {
            END = MethodHandles.lookup().findVarHandle(Meter.class, "endPiece", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int channels;
    private final int levelFrames;
    private final int pieceFrames;
    private final int rate;
    private final float[] low = new float[PIECES];
    private final float[] high = new float[PIECES];
    private double levelPeak;
    private double levelSquares;
    private int levelCount;
    private float pieceLow = Float.POSITIVE_INFINITY;
    private float pieceHigh = Float.NEGATIVE_INFINITY;
    private int pieceCount;
    private volatile double peak;
    private volatile double rms;

    /** Written by the audio thread with release, behind the piece that it counts. */
    private long endPiece;

    Meter(int channels, int rate) {
        this.channels = channels;
        this.rate = rate;
        this.levelFrames = Math.max(1, rate / LEVELS_PER_SECOND);
        this.pieceFrames = Math.max(1, rate / PIECES_PER_SECOND);
    }

    /** Measures frames that follow one another. */
    void add(double[] samples, int first, int frames) {
        for (int i = first; i < first + frames; i++) {
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int c = i * channels; c < (i + 1) * channels; c++) {
                double sample = samples[c];
                least = Math.min(least, sample);
                greatest = Math.max(greatest, sample);
                levelSquares += sample * sample;
            }
            levelPeak = Math.max(levelPeak, Math.max(-least, greatest));
            pieceLow = Math.min(pieceLow, (float) least);
            pieceHigh = Math.max(pieceHigh, (float) greatest);
            if (++levelCount == levelFrames) {
                endLevel();
            }
            if (++pieceCount == pieceFrames) {
                endPiece();
            }
        }
    }

    private void endLevel() {
        // what is no number is played as silence
        peak = Double.isNaN(levelPeak) ? 0 : Math.max(levelPeak, peak * FALL);
        rms = peak == 0 ? 0 : Math.sqrt(levelSquares / ((double) levelCount * channels));
        levelPeak = 0;
        levelSquares = 0;
        levelCount = 0;
    }

    private void endPiece() {
        long end = endPiece;
        low[(int) (end & (PIECES - 1))] = pieceLow;
        high[(int) (end & (PIECES - 1))] = pieceHigh;
        // release: the piece is there before it is counted; pairs with pictureEnd()
        END.setRelease(this, end + 1);
        pieceLow = Float.POSITIVE_INFINITY;
        pieceHigh = Float.NEGATIVE_INFINITY;
        pieceCount = 0;
    }

    /** Nothing is to be heard any more. */
    void silence() {
        peak = 0;
        rms = 0;
    }

    /** The loudest sample of late, 0 to 1 and beyond; it falls by 20 dB a second. */
    public double peak() {
        return peak;
    }

    /** Root of the mean square of the last {@code 1 / 20} s. */
    public double rms() {
        return rms;
    }

    /** Pieces a second of {@link #picture}. */
    public double piecesPerSecond() {
        return (double) rate / pieceFrames;
    }

    /** The number of the piece behind the last one. */
    public long pictureEnd() {
        return (long) END.getAcquire(this);
    }

    /**
     * Copies the last pieces, the lowest and the greatest sample of each; those before the first
     * are 0. One that is overwritten meanwhile is a newer one.
     *
     * @param end from {@link #pictureEnd}
     */
    public void picture(long end, float[] lowest, float[] greatest) {
        Arrays.fill(lowest, 0);
        Arrays.fill(greatest, 0);
        int count = (int) Math.min(Math.min(lowest.length, PIECES - 1), end);
        for (int i = 1; i <= count; i++) {
            int place = (int) ((end - i) & (PIECES - 1));
            lowest[lowest.length - i] = low[place];
            greatest[greatest.length - i] = high[place];
        }
    }
}
