package io.pcmshare.mix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How good it sounds: tones in, and what comes out besides them. */
final class ResamplerQualityTest {
    /** The kernel's guarantee; the design leaves 20 dB above it. */
    private static final double WORST_DB = -120;

    /** Of what passes. A tone that is 0.00001 dB softer is off by a millionth. */
    private static final double RIPPLE_DB = 0.00001;

    /** Of half of the lower rate; the last is the end of what passes. */
    private static final double[] PASSING = {0.0023, 0.045, 0.31, 0.5, 0.77, 0.907};

    /** A fifth of a second, so that the longest filter has its tail and something remains. */
    private static double[] resample(double[] in, int fromRate, int toRate) {
        return Streams.resample(new Resampler(fromRate, toRate, 1), in, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "44100, 48000",
        "48000, 44100",
        "48000, 96000",
        "96000, 48000",
        "8000, 48000",
        "48000, 8000",
        "11025, 48000",
        "192000, 44100",
        // the next have more places than coefficients
        "47999, 48000",
        "48000, 47999",
        "192000, 11025",
        "44100, 44056",
        "8000, 191999",
        "191999, 8000",
        "44100, 44100",
    })
    void aToneComesOutAsItselfAndNothingElse(int fromRate, int toRate) {
        int frames = fromRate / 4;
        int lower = Math.min(fromRate, toRate);
        for (double part : PASSING) {
            double hertz = part * lower / 2;

            double[] out = resample(Tone.of(hertz, fromRate, 0.9, frames), fromRate, toRate);

            int edge = (int) (101L * toRate / lower);
            Tone.Fit fit = Tone.fit(out, edge, out.length - edge, hertz, toRate);
            if (Boolean.getBoolean("pcmshare.measure")) {
                System.out.printf(
                        "%d -> %d, %.0f Hz: THD+N %.1f dB, gain %.8f dB%n",
                        fromRate,
                        toRate,
                        hertz,
                        fit.distortionDb(),
                        Tone.decibels(fit.amplitude() / 0.9));
            }
            assertThat(fit.distortionDb()).as("THD+N of %s Hz", hertz).isLessThan(WORST_DB);
            assertThat(Tone.decibels(fit.amplitude() / 0.9))
                    .as("gain of %s Hz", hertz)
                    .isBetween(-RIPPLE_DB, RIPPLE_DB);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "48000, 44100, 22100",
        "48000, 44100, 23900",
        "96000, 48000, 24100",
        "96000, 48000, 36000",
        "96000, 48000, 47900",
        "192000, 44100, 22100",
        "192000, 44100, 88000",
        "48000, 8000, 4010",
        "48000, 8000, 16000",
        "48000, 47999, 23999.9",
        "192000, 11025, 5530",
    })
    void aToneThatTheLowerRateCannotHoldIsGone(int fromRate, int toRate, double hertz) {
        double[] out = resample(Tone.of(hertz, fromRate, 1, fromRate / 4), fromRate, toRate);

        double alias = Tone.rms(out, 101, out.length - 101) * Math.sqrt(2);
        if (Boolean.getBoolean("pcmshare.measure")) {
            System.out.printf(
                    "%d -> %d, %.0f Hz: alias %.1f dB%n",
                    fromRate, toRate, hertz, Tone.decibels(alias));
        }
        assertThat(Tone.decibels(alias)).isLessThan(WORST_DB);
    }
}
