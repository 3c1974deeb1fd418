package io.pcmshare.server.control;

import java.util.Arrays;
import java.util.List;

/**
 * A picture of sound: pieces of equal length, oldest first.
 *
 * @param rate pieces a second
 * @param endPiece the number of the piece behind the last, counted since the device began; by it
 *     somebody who asks again knows how many are new
 * @param low the lowest sample of each, -1 to 1
 * @param high the greatest sample of each
 */
public record Waveform(double rate, long endPiece, List<Float> low, List<Float> high) {
    /** Refuses pieces without an end. */
    public Waveform {
        low = List.copyOf(low);
        high = List.copyOf(high);
        if (low.size() != high.size()) {
            throw new IllegalArgumentException("low=" + low.size() + ", high=" + high.size());
        }
    }

    /** Of arrays, which are copied. */
    public static Waveform of(double rate, long endPiece, float[] low, float[] high) {
        return new Waveform(rate, endPiece, boxed(low), boxed(high));
    }

    private static List<Float> boxed(float[] values) {
        Float[] all = new Float[values.length];
        Arrays.setAll(all, i -> values[i]);
        return List.of(all);
    }
}
