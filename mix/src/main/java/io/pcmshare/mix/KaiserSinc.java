package io.pcmshare.mix;

/**
 * The low pass that all rates are converted with: a sinc, cut to length by a Kaiser window.
 * Arguments are in frames of the lower of both rates. Source of the formulas: J. F. Kaiser,
 * "Nonrecursive digital filter design using the I0-sinh window function", 1974.
 */
final class KaiserSinc {
    /** What is rejected is this much softer. */
    static final double ATTENUATION_DB = 140;

    /** What passes, as a part of half of the lower rate: 20 kHz of 22.05. */
    static final double PASSBAND = 20.0 / 22.05;

    /**
     * Frames to each side. What passes ends at {@link #PASSBAND} and what is rejected begins at 1,
     * so that nothing is heard of what the lower rate cannot hold: (140 - 7.95) / (14.36 * 0.0465)
     * = 197.8 frames.
     */
    static final int HALF_FRAMES = 100;

    private static final double BETA = 0.1102 * (ATTENUATION_DB - 8.7);
    private static final double CUTOFF = (1 + PASSBAND) / 2;
    private static final double BESSEL_OF_BETA = bessel(BETA);

    private KaiserSinc() {}

    /** The answer to an impulse, this many frames away from it. */
    static double at(double frames) {
        double place = frames / HALF_FRAMES;
        double rest = 1 - place * place;
        if (rest < 0) {
            return 0;
        }
        double angle = Math.PI * CUTOFF * frames;
        double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
        return CUTOFF * sinc * bessel(BETA * Math.sqrt(rest)) / BESSEL_OF_BETA;
    }

    /** Modified Bessel function of the first kind and order 0, by its power series. */
    private static double bessel(double x) {
        double square = x * x / 4;
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-18; k++) {
            term *= square / ((double) k * k);
            sum += term;
        }
        return sum;
    }
}
