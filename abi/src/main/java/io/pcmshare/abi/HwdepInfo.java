package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_hwdep_info}. Kernel: sound/asound.h, protocol 1.0.1; 220 bytes in every
 * model.
 */
public final class HwdepInfo {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_hwdep_info",
                    members ->
                            members.ints("device", "card")
                                    .bytes("id", 64)
                                    .bytes("name", 80)
                                    .ints("iface")
                                    .bytes("reserved", 64));

    private static final IntField DEVICE = LAYOUTS.intField("device");
    private static final IntField CARD = LAYOUTS.intField("card");
    private static final TextField ID = TextField.of(LAYOUTS.lp64(), "id");
    private static final TextField NAME = TextField.of(LAYOUTS.lp64(), "name");
    private static final IntField IFACE = LAYOUTS.intField("iface");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public HwdepInfo(MemorySegment segment, DataModel model) {
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

    /** Number of the device. */
    public int device() {
        return DEVICE.get(segment, model);
    }

    /** Stores {@code device}. */
    public void device(int value) {
        DEVICE.set(segment, model, value);
    }

    /** Number of the card. */
    public int card() {
        return CARD.get(segment, model);
    }

    /** Stores {@code card}. */
    public void card(int value) {
        CARD.set(segment, model, value);
    }

    /** Short text. */
    public String id() {
        return ID.get(segment);
    }

    /** Stores {@code id}. */
    public void id(String text) {
        ID.set(segment, text);
    }

    /** Text for people. */
    public String name() {
        return NAME.get(segment);
    }

    /** Stores {@code name}. */
    public void name(String text) {
        NAME.set(segment, text);
    }

    /** {@code SNDRV_HWDEP_IFACE_*}. */
    public int iface() {
        return IFACE.get(segment, model);
    }

    /** Stores {@code iface}. */
    public void iface(int value) {
        IFACE.set(segment, model, value);
    }
}
