package io.pcmshare.abi;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_ctl_elem_info}: type, access and range of an element. Kernel:
 * sound/asound.h, protocol 2.0.8; 272 bytes in every model, but its {@code long}s are not.
 */
public final class CtlElemInfo {
    /** Bytes of {@code value.enumerated.name}, its zero included. */
    public static final int ITEM_NAME_BYTES = 64;

    private static final int VALUE_BYTES = 128;
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_ctl_elem_info",
                    members ->
                            members.array("id", 1, CtlElemId.layout(members.model()))
                                    .ints("type", "access", "count", "owner")
                                    .union("value", VALUE_BYTES, contents(members.model()))
                                    .bytes("reserved", 64));

    private static final IntField TYPE = LAYOUTS.intField("type");
    private static final IntField ACCESS = LAYOUTS.intField("access");
    private static final IntField COUNT = LAYOUTS.intField("count");
    private static final IntField OWNER = LAYOUTS.intField("owner");
    private static final WordField MIN = LAYOUTS.wordField("value.integer.min");
    private static final WordField MAX = LAYOUTS.wordField("value.integer.max");
    private static final WordField STEP = LAYOUTS.wordField("value.integer.step");
    private static final PerModel MIN64 = LAYOUTS.offset("value.integer64.min");
    private static final PerModel MAX64 = LAYOUTS.offset("value.integer64.max");
    private static final PerModel STEP64 = LAYOUTS.offset("value.integer64.step");
    private static final IntField ITEMS = LAYOUTS.intField("value.enumerated.items");
    private static final IntField ITEM = LAYOUTS.intField("value.enumerated.item");
    private static final TextField ITEM_NAME =
            new TextField(LAYOUTS.offset("value.enumerated.name").lp64(), ITEM_NAME_BYTES);
    private static final PerModel NAMES_PTR = LAYOUTS.offset("value.enumerated.names_ptr");
    private static final IntField NAMES_LENGTH = LAYOUTS.intField("value.enumerated.names_length");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public CtlElemInfo(MemorySegment segment, DataModel model) {
        this.segment = segment.asSlice(0, layout(model).byteSize());
        this.model = model;
    }

    private static StructLayout[] contents(DataModel model) {
        MemoryLayout wide = StructBuilder.int64Layout(model);
        return new StructLayout[] {
            new StructBuilder(model).words("min", "max", "step").build("integer"),
            MemoryLayout.structLayout(
                            wide.withName("min"), wide.withName("max"), wide.withName("step"))
                    .withName("integer64"),
            new StructBuilder(model)
                    .ints("items", "item")
                    .bytes("name", ITEM_NAME_BYTES)
                    .member(wide.withName("names_ptr"))
                    .ints("names_length")
                    .pad(4, 0, 0)
                    .build("enumerated")
        };
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

    /** The bytes it is a view of. */
    public MemorySegment segment() {
        return segment;
    }

    /** Copies everything from another of the same model. */
    public void set(CtlElemInfo other) {
        segment.copyFrom(other.segment);
    }

    /** The element. */
    public CtlElemId id() {
        return new CtlElemId(segment, model);
    }

    /** A {@link CtlElemType}. */
    public int type() {
        return TYPE.get(segment, model);
    }

    /** Stores {@code type}. */
    public void type(int value) {
        TYPE.set(segment, model, value);
    }

    /** Bits of {@link CtlElemAccess}. */
    public int access() {
        return ACCESS.get(segment, model);
    }

    /** Stores {@code access}. */
    public void access(int value) {
        ACCESS.set(segment, model, value);
    }

    /** Values of the element. */
    public int count() {
        return COUNT.get(segment, model);
    }

    /** Stores {@code count}. */
    public void count(int value) {
        COUNT.set(segment, model, value);
    }

    /** Process that holds the lock, or -1; to {@code ELEM_ADD}, how many elements to make. */
    public int owner() {
        return OWNER.get(segment, model);
    }

    /** Stores {@code owner}. */
    public void owner(int value) {
        OWNER.set(segment, model, value);
    }

    /** The least value of an integer. */
    public long min() {
        return MIN.getSigned(segment, model);
    }

    /** The greatest value of an integer. */
    public long max() {
        return MAX.getSigned(segment, model);
    }

    /** From one value of an integer to the next; 0 when it varies. */
    public long step() {
        return STEP.getSigned(segment, model);
    }

    /** Stores {@code value.integer}. */
    public void range(long min, long max, long step) {
        MIN.set(segment, model, min);
        MAX.set(segment, model, max);
        STEP.set(segment, model, step);
    }

    /** The least value of a 64-bit integer. */
    public long min64() {
        return segment.get(JAVA_LONG_UNALIGNED, MIN64.get(model));
    }

    /** The greatest value of a 64-bit integer. */
    public long max64() {
        return segment.get(JAVA_LONG_UNALIGNED, MAX64.get(model));
    }

    /** From one value of a 64-bit integer to the next; 0 when it varies. */
    public long step64() {
        return segment.get(JAVA_LONG_UNALIGNED, STEP64.get(model));
    }

    /** Stores {@code value.integer64}. */
    public void range64(long min, long max, long step) {
        segment.set(JAVA_LONG_UNALIGNED, MIN64.get(model), min);
        segment.set(JAVA_LONG_UNALIGNED, MAX64.get(model), max);
        segment.set(JAVA_LONG_UNALIGNED, STEP64.get(model), step);
    }

    /** Names that an enumerated element chooses from. */
    public int items() {
        return ITEMS.get(segment, model);
    }

    /** Stores {@code items}. */
    public void items(int value) {
        ITEMS.set(segment, model, value);
    }

    /** Which name is asked for, or given. */
    public int item() {
        return ITEM.get(segment, model);
    }

    /** Stores {@code item}. */
    public void item(int value) {
        ITEM.set(segment, model, value);
    }

    /** The name of {@link #item()}. */
    public String itemName() {
        return ITEM_NAME.get(segment);
    }

    /** Stores {@code name}, and leaves the bytes behind its zero as they are. */
    public void itemName(String text) {
        ITEM_NAME.setStart(segment, text);
    }

    /** Address of the names, in the program; {@code ELEM_ADD} only. */
    public long namesPtr() {
        return segment.get(JAVA_LONG_UNALIGNED, NAMES_PTR.get(model));
    }

    /** Stores {@code names_ptr}. */
    public void namesPtr(long address) {
        segment.set(JAVA_LONG_UNALIGNED, NAMES_PTR.get(model), address);
    }

    /** Bytes of the names. */
    public int namesLength() {
        return NAMES_LENGTH.get(segment, model);
    }

    /** Stores {@code names_length}. */
    public void namesLength(int value) {
        NAMES_LENGTH.set(segment, model, value);
    }
}
