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

    private final Levels playback;
    private final Levels capture;

    private MasterVolume(Levels playback, Levels capture) {
        this.playback = playback;
        this.capture = capture;
    }

    /** Adds them to a card, at full volume and on. */
    public static MasterVolume addTo(ControlSet set) {
        StoredControl volume = volume();
        set.add(Control.of("Master Playback Volume", volume, GainScale.OURS.tlv()));
        return addTo(set, volume, GainScale.OURS);
    }

    /**
     * Adds snd-dummy's elements to a card and makes its {@code Master Volume} the one that is
     * heard, so that a mixer shows one Master. All are as recorded, but that this one begins at 0
     * dB instead of −30 dB, and that {@code Master Playback Switch} and {@code Capture Volume} come
     * behind them.
     */
    public static MasterVolume addWithDummyTo(ControlSet set) {
        DummyControls.addTo(set);
        Control master = set.find(ElemId.mixer(DummyControls.MASTER));
        if (master == null || !(master.ops() instanceof StoredControl volume)) {
            throw new IllegalStateException("no " + DummyControls.MASTER);
        }
        for (int channel = 0; channel < CHANNELS; channel++) {
            volume.value(channel, MAX);
        }
        return addTo(set, volume, GainScale.DUMMY);
    }

    private static MasterVolume addTo(ControlSet set, StoredControl volume, GainScale scale) {
        StoredControl on = new StoredControl(ElemShape.switches(CHANNELS), OutOfRange.REFUSE, 1);
        StoredControl captured = volume();
        Levels playback = new Levels();
        Levels capture = new Levels();
        Runnable changed =
                () ->
                        playback.set(
                                gain(scale, volume.value(0), on.value(0)),
                                gain(scale, volume.value(1), on.value(1)));
        volume.onChange(changed);
        on.onChange(changed);
        captured.onChange(
                () ->
                        capture.set(
                                GainScale.OURS.gainQ16(captured.value(0)),
                                GainScale.OURS.gainQ16(captured.value(1))));
        set.add(Control.of("Master Playback Switch", on));
        set.add(Control.of("Capture Volume", captured, GainScale.OURS.tlv()));
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

    private static int gain(GainScale scale, long value, long on) {
        return on == 0 ? 0 : scale.gainQ16(value);
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
