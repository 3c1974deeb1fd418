package io.pcmshare.core.ctl;

/**
 * What a value means in decibels, as the words of a TLV. Kernel: uapi/sound/tlv.h; levels are in
 * hundredths of a decibel.
 */
public final class Tlv {
    private static final int DB_SCALE = 1;
    private static final int DB_RANGE = 3;
    private static final int DB_MINMAX = 4;
    private static final int MUTE_BIT = 0x10000;

    private Tlv() {}

    /** Equal steps from {@code min} on; with {@code mute} the least value is silence. */
    public static int[] dbScale(int min, int step, boolean mute) {
        return new int[] {DB_SCALE, 8, min, step | (mute ? MUTE_BIT : 0)};
    }

    /** Equal steps between two levels. */
    public static int[] dbMinMax(int min, int max) {
        return new int[] {DB_MINMAX, 8, min, max};
    }

    /**
     * A piece of a {@link #dbRange}: values, and what they mean.
     *
     * @param minValue the first value
     * @param maxValue the last value
     * @param min what the first means
     * @param step from one to the next
     */
    public record Piece(int minValue, int maxValue, int min, int step) {}

    /** Several scales, one after the other. */
    public static int[] dbRange(Piece... pieces) {
        int[] words = new int[2 + 6 * pieces.length];
        words[0] = DB_RANGE;
        words[1] = (words.length - 2) * Integer.BYTES;
        int at = 2;
        for (Piece piece : pieces) {
            words[at++] = piece.minValue();
            words[at++] = piece.maxValue();
            int[] scale = dbScale(piece.min(), piece.step(), false);
            System.arraycopy(scale, 0, words, at, scale.length);
            at += scale.length;
        }
        return words;
    }
}
