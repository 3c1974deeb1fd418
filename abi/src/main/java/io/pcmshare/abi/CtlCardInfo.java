package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_ctl_card_info}: what a card calls itself. Kernel: sound/asound.h,
 * protocol 2.0.8; 376 bytes in every model.
 */
public final class CtlCardInfo {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_ctl_card_info",
                    members ->
                            members.ints("card", "pad")
                                    .bytes("id", 16)
                                    .bytes("driver", 16)
                                    .bytes("name", 32)
                                    .bytes("longname", 80)
                                    .bytes("reserved_", 16)
                                    .bytes("mixername", 80)
                                    .bytes("components", 128));

    private static final IntField CARD = LAYOUTS.intField("card");
    private static final TextField ID = TextField.of(LAYOUTS.lp64(), "id");
    private static final TextField DRIVER = TextField.of(LAYOUTS.lp64(), "driver");
    private static final TextField NAME = TextField.of(LAYOUTS.lp64(), "name");
    private static final TextField LONGNAME = TextField.of(LAYOUTS.lp64(), "longname");
    private static final TextField MIXERNAME = TextField.of(LAYOUTS.lp64(), "mixername");
    private static final TextField COMPONENTS = TextField.of(LAYOUTS.lp64(), "components");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public CtlCardInfo(MemorySegment segment, DataModel model) {
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

    /** Name of the driver. */
    public String driver() {
        return DRIVER.get(segment);
    }

    /** Stores {@code driver}. */
    public void driver(String text) {
        DRIVER.set(segment, text);
    }

    /** Text for people. */
    public String name() {
        return NAME.get(segment);
    }

    /** Stores {@code name}. */
    public void name(String text) {
        NAME.set(segment, text);
    }

    /** Longer text for people. */
    public String longname() {
        return LONGNAME.get(segment);
    }

    /** Stores {@code longname}. */
    public void longname(String text) {
        LONGNAME.set(segment, text);
    }

    /** Name of the mixer. */
    public String mixername() {
        return MIXERNAME.get(segment);
    }

    /** Stores {@code mixername}. */
    public void mixername(String text) {
        MIXERNAME.set(segment, text);
    }

    /** Names of parts, a space between two. */
    public String components() {
        return COMPONENTS.get(segment);
    }

    /** Stores {@code components}. */
    public void components(String text) {
        COMPONENTS.set(segment, text);
    }
}
