package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_timer_info}: the selected timer. Kernel: sound/asound.h, protocol
 * 2.0.7.
 */
public final class TimerInfo {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_timer_info",
                    members ->
                            members.ints("flags", "card")
                                    .bytes("id", 64)
                                    .bytes("name", 80)
                                    .words("reserved0", "resolution")
                                    .bytes("reserved", 64));

    private static final IntField FLAGS = LAYOUTS.intField("flags");
    private static final IntField CARD = LAYOUTS.intField("card");
    private static final TextField ID = TextField.of(LAYOUTS.lp64(), "id");
    private static final TextField NAME = TextField.of(LAYOUTS.lp64(), "name");
    private static final WordField RESOLUTION = LAYOUTS.wordField("resolution");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public TimerInfo(MemorySegment segment, DataModel model) {
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

    /** 1, {@code SNDRV_TIMER_FLG_SLAVE}, when programs cannot set its pace. */
    public int flags() {
        return FLAGS.get(segment, model);
    }

    /** Stores {@code flags}. */
    public void flags(int value) {
        FLAGS.set(segment, model, value);
    }

    /** Number of the card, or -1. */
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

    /** Nanoseconds of one tick. */
    public long resolution() {
        return RESOLUTION.get(segment, model);
    }

    /** Stores {@code resolution}. */
    public void resolution(long value) {
        RESOLUTION.set(segment, model, value);
    }
}
