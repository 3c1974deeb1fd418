package io.pcmshare.core.ctl;

import io.pcmshare.core.ctl.StoredControl.Change;
import io.pcmshare.core.ctl.StoredControl.OutOfRange;

import java.util.List;

/** The elements that the kernel's snd-dummy shows, recorded in {@code ctl-snd-dummy.txt}. */
public final class DummyControls {
    /** The element that is heard, {@link MasterVolume#addWithDummyTo}. */
    static final String MASTER = "Master Volume";

    private static final List<String> LINES = List.of("Master", "Synth", "Line", "Mic", "CD");
    private static final int[] SCALE = GainScale.DUMMY.tlv();

    private DummyControls() {}

    /** What snd-dummy calls itself. */
    public static CardDescription description() {
        return new CardDescription("Dummy", "Dummy", "Dummy", "Dummy 1", "Dummy Mixer", "");
    }

    /** Adds them to a card; nobody hears them. */
    public static void addTo(ControlSet set) {
        for (String line : LINES) {
            set.add(
                    Control.of(
                            line + " Volume",
                            new StoredControl(
                                    ElemShape.integers(2, -50, 100, 0), OutOfRange.CLAMP, 0),
                            SCALE));
            set.add(
                    Control.of(
                            line + " Capture Switch",
                            new StoredControl(
                                    ElemShape.switches(2), OutOfRange.LOW_BIT, Change.EVERY, 0)));
        }
        StoredControl box =
                new StoredControl(ElemShape.oneOf("None", "CD Player"), OutOfRange.REFUSE, 1);
        box.onChange(() -> plug(set, box.value(0) != 0));
        set.add(Control.of("External I/O Box", box));
    }

    /** Without the box there is no CD player that could be louder. */
    private static void plug(ControlSet set, boolean plugged) {
        for (String name : List.of("CD Volume", "CD Capture Switch")) {
            Control control = set.find(ElemId.mixer(name));
            if (control != null) {
                set.activate(control, plugged);
            }
        }
    }
}
