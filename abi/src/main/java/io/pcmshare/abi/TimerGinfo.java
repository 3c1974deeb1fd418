package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_timer_ginfo}: a timer as everybody may see it. Kernel: sound/asound.h,
 * protocol 2.0.7.
 */
public final class TimerGinfo {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_timer_ginfo",
                    members ->
                            members.array("tid", 1, TimerId.layout(members.model()))
                                    .ints("flags", "card")
                                    .bytes("id", 64)
                                    .bytes("name", 80)
                                    .pad(4, 0, 0)
                                    .words(
                                            "reserved0",
                                            "resolution",
                                            "resolution_min",
                                            "resolution_max")
                                    .ints("clients")
                                    .bytes("reserved", 32)
                                    .pad(4, 0, 0));

    private static final IntField FLAGS = LAYOUTS.intField("flags");
    private static final IntField CARD = LAYOUTS.intField("card");
    private static final TextField ID = TextField.of(LAYOUTS.lp64(), "id");
    private static final TextField NAME = TextField.of(LAYOUTS.lp64(), "name");
    private static final WordField RESOLUTION = LAYOUTS.wordField("resolution");
    private static final WordField RESOLUTION_MIN = LAYOUTS.wordField("resolution_min");
    private static final WordField RESOLUTION_MAX = LAYOUTS.wordField("resolution_max");
    private static final IntField CLIENTS = LAYOUTS.intField("clients");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public TimerGinfo(MemorySegment segment, DataModel model) {
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

    /** The shortest tick, nanoseconds. */
    public long resolutionMin() {
        return RESOLUTION_MIN.get(segment, model);
    }

    /** Stores {@code resolution_min}. */
    public void resolutionMin(long value) {
        RESOLUTION_MIN.set(segment, model, value);
    }

    /** The longest tick, nanoseconds. */
    public long resolutionMax() {
        return RESOLUTION_MAX.get(segment, model);
    }

    /** Stores {@code resolution_max}. */
    public void resolutionMax(long value) {
        RESOLUTION_MAX.set(segment, model, value);
    }

    /** Files that have it selected. */
    public int clients() {
        return CLIENTS.get(segment, model);
    }

    /** Stores {@code clients}. */
    public void clients(int value) {
        CLIENTS.set(segment, model, value);
    }

    /** Which timer. */
    public TimerId tid() {
        return new TimerId(segment.asSlice(LAYOUTS.offset("tid").get(model)), model);
    }
}
