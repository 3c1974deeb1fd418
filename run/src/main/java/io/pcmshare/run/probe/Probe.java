package io.pcmshare.run.probe;

/**
 * One thing that was tried.
 *
 * @param name what it is
 * @param verdict how it went
 * @param found what was found, in a few words
 * @param advice what a 'no' means and what to do about it; empty where there is nothing to do
 */
public record Probe(String name, Verdict verdict, String found, String advice) {
    /** How a probe went. */
    public enum Verdict {
        /** As it should be. */
        YES,
        /** It works without, in a slower or lesser way. */
        LESS,
        /** Programs cannot be supervised here. */
        NO
    }

    static Probe yes(String name, String found) {
        return new Probe(name, Verdict.YES, found, "");
    }

    static Probe less(String name, String found, String advice) {
        return new Probe(name, Verdict.LESS, found, advice);
    }

    static Probe no(String name, String found, String advice) {
        return new Probe(name, Verdict.NO, found, advice);
    }
}
