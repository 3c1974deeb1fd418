package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_ctl_event}: what a subscriber reads. Kernel: sound/asound.h, protocol
 * 2.0.8; 72 bytes in every model.
 */
public final class CtlEvent {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_ctl_event",
                    members ->
                            members.ints("type", "mask")
                                    .array("id", 1, CtlElemId.layout(members.model())));

    private static final IntField TYPE = LAYOUTS.intField("type");
    private static final IntField MASK = LAYOUTS.intField("mask");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public CtlEvent(MemorySegment segment, DataModel model) {
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

    /** 0, an element. */
    public int type() {
        return TYPE.get(segment, model);
    }

    /** Stores {@code type}. */
    public void type(int value) {
        TYPE.set(segment, model, value);
    }

    /** Bits of {@link CtlEventMask}. */
    public int mask() {
        return MASK.get(segment, model);
    }

    /** Stores {@code mask}. */
    public void mask(int value) {
        MASK.set(segment, model, value);
    }

    /** The element. */
    public CtlElemId id() {
        return new CtlElemId(segment.asSlice(LAYOUTS.offset("id").get(model)), model);
    }
}
