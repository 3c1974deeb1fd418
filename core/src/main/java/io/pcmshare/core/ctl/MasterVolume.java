package io.pcmshare.core.ctl;

import io.pcmshare.core.ctl.StoredControl.OutOfRange;

/**
 * The elements that each card of ours has and that are heard: {@code Master Playback Volume}, in
 * half decibels from −50 dB (which is silence) to 0 dB, {@code Master Playback Switch}, and {@code
 * Capture Volume}.
 *
 * <p>Threads: written under the lock of the set; {@link #playback} and {@link #capture} may be
 * asked by any thread. Each gain is one {@code volatile} word, so that a reader sees either the old
 * or the new one of a channel.
 */
public final class MasterVolume {
    /** The greatest value of a volume, 0 dB. */
    public static final int MAX = 100;

    private static final int CHANNELS = 2;
    private static final int STEP_CENTIBEL = 50;
    private static final int[] SCALE = Tlv.dbScale(-MAX * STEP_CENTIBEL, STEP_CENTIBEL, true);
    private static final int[] GAINS = gains();

    private final Levels playback;
    private final Levels capture;

    private MasterVolume(Levels playback, Levels capture) {
        this.playback = playback;
        this.capture = capture;
    }

    /** Adds them to a card, at full volume and on. */
    public static MasterVolume addTo(ControlSet set) {
        StoredControl volume = volume();
        StoredControl on = new StoredControl(ElemShape.switches(CHANNELS), OutOfRange.REFUSE, 1);
        StoredControl captured = volume();
        Levels playback = new Levels();
        Levels capture = new Levels();
        Runnable changed =
                () ->
                        playback.set(
                                gain(volume.value(0), on.value(0)),
                                gain(volume.value(1), on.value(1)));
        volume.onChange(changed);
        on.onChange(changed);
        captured.onChange(
                () -> capture.set(gain(captured.value(0), 1), gain(captured.value(1), 1)));
        set.add(Control.of("Master Playback Volume", volume, SCALE));
        set.add(Control.of("Master Playback Switch", on));
        set.add(Control.of("Capture Volume", captured, SCALE));
        return new MasterVolume(playback, capture);
    }

    /** How loud to play. */
    public Gain playback() {
        return playback;
    }

    /** How loud to record. */
    public Gain capture() {
        return capture;
    }

    private static StoredControl volume() {
        return new StoredControl(ElemShape.integers(CHANNELS, 0, MAX, 1), OutOfRange.REFUSE, MAX);
    }

    private static int gain(long value, long on) {
        return on == 0 ? 0 : GAINS[(int) value];
    }

    private static int[] gains() {
        int[] gains = new int[MAX + 1];
        for (int value = 1; value <= MAX; value++) {
            double decibels = (value - MAX) * STEP_CENTIBEL / 100.0;
            gains[value] = (int) Math.round(Gain.UNITY * Math.pow(10, decibels / 20));
        }
        return gains;
    }

    /** The gains of left and right; of more channels, the even ones go with the left. */
    private static final class Levels implements Gain {
        // one writer, under the lock of the set; each read alone, so nothing else is published
        private volatile int left = UNITY;
        private volatile int right = UNITY;

        void set(int newLeft, int newRight) {
            left = newLeft;
            right = newRight;
        }

        @Override
        public int gainQ16(int channel) {
            return (channel & 1) == 0 ? left : right;
        }
    }
}
