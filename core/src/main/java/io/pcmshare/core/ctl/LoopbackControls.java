package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemAccess;
import io.pcmshare.abi.CtlEventMask;
import io.pcmshare.core.ctl.StoredControl.OutOfRange;

import java.util.ArrayList;
import java.util.List;

/**
 * The elements that the kernel's snd-aloop shows for each substream of each device, recorded in
 * {@code ctl-snd-aloop.txt}.
 */
public final class LoopbackControls {
    /** Speed of the cable, in hundred-thousandths. */
    public static final String RATE_SHIFT = "PCM Rate Shift 100000";

    /** Whether a change of the playing end's parameters stops the recording end. */
    public static final String NOTIFY = "PCM Notify";

    /** Whether somebody plays into the cable. */
    public static final String SLAVE_ACTIVE = "PCM Slave Active";

    /** The format played, a {@code PcmFormat}. */
    public static final String SLAVE_FORMAT = "PCM Slave Format";

    /** The rate played, frames a second. */
    public static final String SLAVE_RATE = "PCM Slave Rate";

    /** The channels played. */
    public static final String SLAVE_CHANNELS = "PCM Slave Channels";

    private record Entry(
            String name, boolean writable, ElemShape shape, OutOfRange outOfRange, long initial) {}

    private static final List<Entry> ENTRIES =
            List.of(
                    new Entry(
                            RATE_SHIFT,
                            true,
                            ElemShape.integers(1, 80_000, 120_000, 1),
                            OutOfRange.CLAMP_UNSIGNED,
                            100_000),
                    new Entry(NOTIFY, true, ElemShape.switches(1), OutOfRange.TRUTH, 0),
                    new Entry(SLAVE_ACTIVE, false, ElemShape.switches(1), OutOfRange.REFUSE, 0),
                    new Entry(
                            SLAVE_FORMAT,
                            false,
                            ElemShape.integers(1, 0, 52, 1),
                            OutOfRange.REFUSE,
                            2),
                    new Entry(
                            SLAVE_RATE,
                            false,
                            ElemShape.integers(1, 0, 192_000, 1),
                            OutOfRange.REFUSE,
                            48_000),
                    new Entry(
                            SLAVE_CHANNELS,
                            false,
                            ElemShape.integers(1, 1, 1024, 1),
                            OutOfRange.REFUSE,
                            2));

    private LoopbackControls() {}

    /** What snd-aloop calls itself. */
    public static CardDescription description() {
        return new CardDescription(
                "Loopback", "Loopback", "Loopback", "Loopback 1", "Loopback Mixer", "");
    }

    /**
     * Adds them to a card.
     *
     * @return those of each cable, by the device and then the substream that records from it
     */
    public static List<List<LoopbackElements>> addTo(ControlSet set, int devices, int substreams) {
        List<List<LoopbackElements>> all = new ArrayList<>();
        for (int device = 0; device < devices; device++) {
            List<LoopbackElements> ofDevice = new ArrayList<>();
            for (int substream = 0; substream < substreams; substream++) {
                ofDevice.add(addCable(set, device, substream));
            }
            all.add(ofDevice);
        }
        return all;
    }

    private static LoopbackElements addCable(ControlSet set, int device, int substream) {
        LoopbackElements elements = new LoopbackElements(set, device, substream);
        for (Entry entry : ENTRIES) {
            StoredControl ops =
                    new StoredControl(entry.shape(), entry.outOfRange(), entry.initial());
            if (entry.name().equals(RATE_SHIFT)) {
                ops.onChange(() -> elements.rateShift((int) ops.value(0)));
            } else if (entry.name().equals(NOTIFY)) {
                ops.onChange(() -> elements.notifies(ops.value(0) != 0));
            }
            ElemId id = ElemId.pcm(device, substream, entry.name());
            int access = entry.writable() ? CtlElemAccess.READWRITE : CtlElemAccess.READ;
            set.add(new Control(id, 1, access, ops));
        }
        return elements;
    }

    /** The cable changed one of its elements; tells subscribers when it is another value. */
    public static void update(ControlSet set, int device, int substream, String name, long value) {
        synchronized (set.lock()) {
            Control control = set.find(ElemId.pcm(device, substream, name));
            if (control != null
                    && control.ops() instanceof StoredControl stored
                    && stored.value(0) != value) {
                stored.value(0, value);
                set.notify(control, 0, CtlEventMask.VALUE);
            }
        }
    }
}
