package io.pcmshare.testkit;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Seeded random cases whose failure names its seed.
 *
 * <p>The property {@code pcmshare.seed} fixes the first seed, {@code pcmshare.cases} the number of
 * cases, so that a failure can be run alone.
 */
public final class Seeds {
    private static final long DEFAULT_SEED = 20190204L;

    private Seeds() {}

    /** The first seed. */
    public static long first() {
        return Long.getLong("pcmshare.seed", DEFAULT_SEED);
    }

    /** Runs {@code body} for seeds that follow one another; the failing seed is in the message. */
    public static void forEach(int cases, Consumer<SplittableRandom> body) {
        long first = first();
        int count = Integer.getInteger("pcmshare.cases", cases);
        for (long seed = first; seed < first + count; seed++) {
            try {
                body.accept(new SplittableRandom(seed));
            } catch (Throwable failure) {
                throw new AssertionError(
                        "failed with -Dpcmshare.seed=" + seed + " -Dpcmshare.cases=1: " + failure,
                        failure);
            }
        }
    }
}
