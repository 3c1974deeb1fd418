package io.pcmshare.mix;

/**
 * The coefficients of one ratio of rates, a row for each place that a new frame can have between
 * two old ones.
 *
 * <p>A ratio {@code up / down} in lowest terms has {@code up} such places. While their rows fit
 * into {@link #MOST_COEFFICIENTS}, each has its own. Awkward ratios (47999 to 48000 has 48000
 * places) have a bounded number of rows instead, and what lies between them is a cubic through the
 * four nearest (Lagrange's): with {@link #FINE_ROWS} rows its error is below that of the filter.
 * Threads: one. After it was made, allocates nothing.
 */
final class FilterBank {
    /** One MiB of doubles: room for every ratio of 44.1, 48, 88.2, 96, 176.4 and 192 kHz. */
    static final int MOST_COEFFICIENTS = 1 << 17;

    /**
     * Rows for each frame of the lower rate. A cubic through rows {@code 1/n} apart errs by at most
     * {@code 3/128 * (pi/n)^4} of a tone at half of the rate: -173 dB.
     */
    static final int FINE_ROWS = 256;

    private final int up;
    private final int taps;
    private final boolean isExact;
    private final int rowCount;
    private final double[] rows;
    private final double[] mixed;

    /** Of a ratio in lowest terms: {@code up} new frames for {@code down} old ones. */
    FilterBank(int up, int down) {
        this.up = up;
        if (up == down) {
            // nothing to filter: the one coefficient that leaves everything as it is
            this.taps = 1;
            this.isExact = true;
            this.rowCount = 1;
            this.rows = new double[] {1};
        } else {
            double scale = Math.min(1, (double) up / down);
            this.taps = 2 * (int) Math.ceil(KaiserSinc.HALF_FRAMES / scale);
            this.isExact = (long) up * taps <= MOST_COEFFICIENTS;
            this.rowCount = isExact ? up : (int) Math.ceil(FINE_ROWS * scale);
            // a cubic needs a row before the first and two behind the last
            this.rows = isExact ? design(0, up, scale) : design(-1, rowCount + 2, scale);
        }
        this.mixed = new double[isExact ? 0 : taps];
    }

    private double[] design(int firstRow, int endRow, double scale) {
        double[] all = new double[(endRow - firstRow) * taps];
        for (int row = firstRow; row < endRow; row++) {
            int at = (row - firstRow) * taps;
            double sum = 0;
            for (int tap = 0; tap < taps; tap++) {
                double away = tap - past() - (double) row / rowCount;
                all[at + tap] = KaiserSinc.at(away * scale);
                sum += all[at + tap];
            }
            // a constant stays what it is, wherever a frame lies
            for (int tap = 0; tap < taps; tap++) {
                all[at + tap] /= sum;
            }
        }
        return all;
    }

    /** Old frames that a new one is made of. */
    int taps() {
        return taps;
    }

    /** Of these, behind the one that the new frame lies at or after. */
    int ahead() {
        return taps / 2;
    }

    /** Of these, before that one. */
    int past() {
        return taps - 1 - ahead();
    }

    /** Whether every place has its own row. */
    boolean isExact() {
        return isExact;
    }

    /** Where the coefficients are that {@link #select} chose. */
    double[] coefficients() {
        return isExact ? rows : mixed;
    }

    /**
     * Chooses the coefficients of a frame {@code phase / up} behind an old one.
     *
     * @return the first one's place in {@link #coefficients}
     */
    int select(int phase) {
        if (isExact) {
            return phase * taps;
        }
        long place = (long) phase * rowCount;
        mix((int) (place / up) * taps, (double) (place % up) / up);
        return 0;
    }

    /** Lagrange's cubic, between the second and the third of four rows. */
    private void mix(int at, double x) {
        double first = -x * (x - 1) * (x - 2) / 6;
        double second = (x + 1) * (x - 1) * (x - 2) / 2;
        double third = -(x + 1) * x * (x - 2) / 2;
        double fourth = (x + 1) * x * (x - 1) / 6;
        for (int i = 0; i < taps; i++) {
            mixed[i] =
                    first * rows[at + i]
                            + second * rows[at + taps + i]
                            + third * rows[at + 2 * taps + i]
                            + fourth * rows[at + 3 * taps + i];
        }
    }
}
