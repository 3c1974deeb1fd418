package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_timer_id}: which timer is meant. Kernel: sound/asound.h, protocol
 * 2.0.7; 20 bytes in every model.
 */
public final class TimerId {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_timer_id",
                    members ->
                            members.ints("dev_class", "dev_sclass", "card", "device", "subdevice"));

    private static final IntField DEV_CLASS = LAYOUTS.intField("dev_class");
    private static final IntField DEV_SCLASS = LAYOUTS.intField("dev_sclass");
    private static final IntField CARD = LAYOUTS.intField("card");
    private static final IntField DEVICE = LAYOUTS.intField("device");
    private static final IntField SUBDEVICE = LAYOUTS.intField("subdevice");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public TimerId(MemorySegment segment, DataModel model) {
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

    /** A {@link TimerClass}. */
    public int devClass() {
        return DEV_CLASS.get(segment, model);
    }

    /** Stores {@code dev_class}. */
    public void devClass(int value) {
        DEV_CLASS.set(segment, model, value);
    }

    /** {@code SNDRV_TIMER_SCLASS_*}. */
    public int devSclass() {
        return DEV_SCLASS.get(segment, model);
    }

    /** Stores {@code dev_sclass}. */
    public void devSclass(int value) {
        DEV_SCLASS.set(segment, model, value);
    }

    /** Number of the card, or -1. */
    public int card() {
        return CARD.get(segment, model);
    }

    /** Stores {@code card}. */
    public void card(int value) {
        CARD.set(segment, model, value);
    }

    /** Number of the device. */
    public int device() {
        return DEVICE.get(segment, model);
    }

    /** Stores {@code device}. */
    public void device(int value) {
        DEVICE.set(segment, model, value);
    }

    /** Number of the timer on its device. */
    public int subdevice() {
        return SUBDEVICE.get(segment, model);
    }

    /** Stores {@code subdevice}. */
    public void subdevice(int value) {
        SUBDEVICE.set(segment, model, value);
    }
}
