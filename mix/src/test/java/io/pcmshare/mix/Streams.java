package io.pcmshare.mix;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Puts whole streams through a resampler. */
final class Streams {
    private Streams() {}

    /** In the largest pieces that there are, to the end of the tail. */
    static double[] resample(Resampler resampler, double[] in, int channels) {
        return inPieces(resampler, in, channels, () -> Integer.MAX_VALUE);
    }

    /** In random pieces, to the end of the tail. */
    static double[] resample(
            Resampler resampler, double[] in, int channels, SplittableRandom random) {
        return inPieces(resampler, in, channels, () -> random.nextInt(1, 400));
    }

    private static double[] inPieces(
            Resampler resampler, double[] in, int channels, java.util.function.IntSupplier pieces) {
        double[] out = new double[64 * channels];
        int frames = in.length / channels;
        int heard = 0;
        int made = 0;
        boolean isOver = false;
        while (!isOver) {
            heard += resampler.put(in, heard, Math.min(pieces.getAsInt(), frames - heard));
            if (heard == frames) {
                resampler.drain();
            }
            int wanted = (int) Math.min(pieces.getAsInt(), resampler.ready());
            if (out.length < (made + wanted) * channels) {
                out = Arrays.copyOf(out, 2 * (made + wanted) * channels);
            }
            int got = resampler.take(out, made, wanted);
            made += got;
            isOver = heard == frames && resampler.ready() == 0;
        }
        return Arrays.copyOf(out, made * channels);
    }
}
