package io.pcmshare.mix;

/** Sines, and what is left of a signal without one. */
final class Tone {
    private Tone() {}

    /** A sine of this amplitude, frame after frame. */
    static double[] of(double hertz, int rate, double amplitude, int frames) {
        double[] samples = new double[frames];
        for (int i = 0; i < frames; i++) {
            samples[i] = amplitude * Math.sin(2 * Math.PI * (hertz / rate) * i);
        }
        return samples;
    }

    /**
     * A sine that was found in a signal.
     *
     * @param amplitude of it
     * @param rest root of the mean square of all else: distortion, images, aliases, noise, offset
     */
    record Fit(double amplitude, double rest) {
        /** THD+N in decibels. */
        double distortionDb() {
            return decibels(rest / (amplitude / Math.sqrt(2)));
        }
    }

    /** The sine of this frequency that leaves the least, by least squares. */
    static Fit fit(double[] samples, int from, int to, double hertz, int rate) {
        double ss = 0;
        double sc = 0;
        double cc = 0;
        double sx = 0;
        double cx = 0;
        for (int i = from; i < to; i++) {
            double sine = Math.sin(2 * Math.PI * (hertz / rate) * i);
            double cosine = Math.cos(2 * Math.PI * (hertz / rate) * i);
            ss += sine * sine;
            sc += sine * cosine;
            cc += cosine * cosine;
            sx += sine * samples[i];
            cx += cosine * samples[i];
        }
        double determinant = ss * cc - sc * sc;
        double a = (sx * cc - cx * sc) / determinant;
        double b = (cx * ss - sx * sc) / determinant;
        double squares = 0;
        for (int i = from; i < to; i++) {
            double angle = 2 * Math.PI * (hertz / rate) * i;
            double rest = samples[i] - a * Math.sin(angle) - b * Math.cos(angle);
            squares += rest * rest;
        }
        return new Fit(Math.hypot(a, b), Math.sqrt(squares / (to - from)));
    }

    /** Root of the mean square. */
    static double rms(double[] samples, int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += samples[i] * samples[i];
        }
        return Math.sqrt(squares / (to - from));
    }

    static double decibels(double ratio) {
        return 20 * Math.log10(ratio);
    }
}
