package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/**
 * View of {@code struct snd_ctl_elem_id}: which element is meant. Kernel: sound/asound.h, protocol
 * 2.0.8; 64 bytes in every model.
 */
public final class CtlElemId {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_ctl_elem_id",
                    members ->
                            members.ints("numid", "iface", "device", "subdevice")
                                    .bytes("name", 44)
                                    .ints("index"));

    private static final IntField NUMID = LAYOUTS.intField("numid");
    private static final IntField IFACE = LAYOUTS.intField("iface");
    private static final IntField DEVICE = LAYOUTS.intField("device");
    private static final IntField SUBDEVICE = LAYOUTS.intField("subdevice");
    private static final TextField NAME = TextField.of(LAYOUTS.lp64(), "name");
    private static final IntField INDEX = LAYOUTS.intField("index");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public CtlElemId(MemorySegment segment, DataModel model) {
        this.segment = segment.asSlice(0, layout(model).byteSize());
        this.model = model;
    }

    /** The layout in a program of that model. */
    public static StructLayout layout(DataModel model) {
        return LAYOUTS.of(model);
    }

    static Layouts layouts() {
        return LAYOUTS;
    }

    /** Sets every byte to 0. */
    public void clear() {
        segment.fill((byte) 0);
    }

    /** Number that the card gave; 0 when the other members say which. */
    public int numid() {
        return NUMID.get(segment, model);
    }

    /** Stores {@code numid}. */
    public void numid(int value) {
        NUMID.set(segment, model, value);
    }

    /** A {@link CtlElemIface}. */
    public int iface() {
        return IFACE.get(segment, model);
    }

    /** Stores {@code iface}. */
    public void iface(int value) {
        IFACE.set(segment, model, value);
    }

    /** Number of a device. */
    public int device() {
        return DEVICE.get(segment, model);
    }

    /** Stores {@code device}. */
    public void device(int value) {
        DEVICE.set(segment, model, value);
    }

    /** Number of a substream. */
    public int subdevice() {
        return SUBDEVICE.get(segment, model);
    }

    /** Stores {@code subdevice}. */
    public void subdevice(int value) {
        SUBDEVICE.set(segment, model, value);
    }

    /** Name, at most 43 bytes. */
    public String name() {
        return NAME.get(segment);
    }

    /** Stores {@code name}. */
    public void name(String text) {
        NAME.set(segment, text);
    }

    /** Number among those of the same name. */
    public int index() {
        return INDEX.get(segment, model);
    }

    /** Stores {@code index}. */
    public void index(int value) {
        INDEX.set(segment, model, value);
    }

    /** Whether the name fills its array and so has no end. */
    public boolean isNameEndless() {
        return segment.get(ValueLayout.JAVA_BYTE, NAME.offset() + NAME.bytes() - 1) != 0;
    }

    /** Copies all members of another. */
    public void set(CtlElemId other) {
        segment.copyFrom(other.segment);
    }
}
