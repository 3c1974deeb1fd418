package io.pcmshare.core.ctl;

/**
 * What the values of a volume do to samples.
 *
 * <p>Equal steps in decibels that end at 0 dB; the gains are computed once.
 */
final class GainScale {
    /** Half decibels from −50 dB, which is silence. */
    static final GainScale OURS = new GainScale(0, MasterVolume.MAX, 50, true);

    /** Those of snd-dummy: 0.3 dB from −45 dB on. */
    static final GainScale DUMMY = new GainScale(-50, MasterVolume.MAX, 30, false);

    private final int min;
    private final int stepMillibel;
    private final boolean mute;
    private final int[] gains;

    private GainScale(int min, int max, int stepMillibel, boolean mute) {
        this.min = min;
        this.stepMillibel = stepMillibel;
        this.mute = mute;
        this.gains = new int[max - min + 1];
        for (int i = mute ? 1 : 0; i < gains.length; i++) {
            double decibels = (i + min - max) * stepMillibel / 100.0;
            gains[i] = (int) Math.round(Gain.UNITY * Math.pow(10, decibels / 20));
        }
    }

    /** What it says of itself. */
    int[] tlv() {
        return Tlv.dbScale(-(gains.length - 1) * stepMillibel, stepMillibel, mute);
    }

    /** The gain of a value in range, in 65536ths. */
    int gainQ16(long value) {
        return gains[(int) (value - min)];
    }
}
