package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_ctl_elem_list}: a piece of the list of elements. Kernel:
 * sound/asound.h, protocol 2.0.8.
 */
public final class CtlElemList {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_ctl_elem_list",
                    members ->
                            members.ints("offset", "space", "used", "count")
                                    .words("pids")
                                    .bytes("reserved", 50)
                                    .pad(6, 2, 2));

    private static final IntField OFFSET = LAYOUTS.intField("offset");
    private static final IntField SPACE = LAYOUTS.intField("space");
    private static final IntField USED = LAYOUTS.intField("used");
    private static final IntField COUNT = LAYOUTS.intField("count");
    private static final WordField PIDS = LAYOUTS.wordField("pids");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public CtlElemList(MemorySegment segment, DataModel model) {
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

    /** First element asked for. */
    public int offset() {
        return OFFSET.get(segment, model);
    }

    /** Stores {@code offset}. */
    public void offset(int value) {
        OFFSET.set(segment, model, value);
    }

    /** Room for so many. */
    public int space() {
        return SPACE.get(segment, model);
    }

    /** Stores {@code space}. */
    public void space(int value) {
        SPACE.set(segment, model, value);
    }

    /** So many were stored. */
    public int used() {
        return USED.get(segment, model);
    }

    /** Stores {@code used}. */
    public void used(int value) {
        USED.set(segment, model, value);
    }

    /** Elements that the card has. */
    public int count() {
        return COUNT.get(segment, model);
    }

    /** Stores {@code count}. */
    public void count(int value) {
        COUNT.set(segment, model, value);
    }

    /** Address of the room, in the program. */
    public long pids() {
        return PIDS.get(segment, model);
    }

    /** Stores {@code pids}. */
    public void pids(long value) {
        PIDS.set(segment, model, value);
    }
}
