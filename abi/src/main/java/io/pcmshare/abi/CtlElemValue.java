package io.pcmshare.abi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.Objects;

/**
 * View of {@code struct snd_ctl_elem_value}: the values of an element. Kernel: sound/asound.h,
 * protocol 2.0.8. Where {@code long} has 32 bits, the values lie 4 bytes further up.
 */
public final class CtlElemValue {
    /** Values of a boolean, integer or enumerated element, at most. */
    public static final int MAX_WORDS = 128;

    /** Values of a 64-bit integer element, at most. */
    public static final int MAX_INT64 = 64;

    /** Bytes of an element of bytes, at most. */
    public static final int MAX_BYTES = 512;

    /** Bytes of {@code struct snd_aes_iec958}. */
    public static final int IEC958_BYTES = 176;

    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_ctl_elem_value",
                    members ->
                            members.array("id", 1, CtlElemId.layout(members.model()))
                                    .ints("indirect")
                                    .pad(4, 0, 0)
                                    .union("value", MAX_BYTES, contents(members.model()))
                                    .bytes("reserved", 128));

    private static final IntField INDIRECT = LAYOUTS.intField("indirect");
    private static final PerModel VALUE = LAYOUTS.offset("value");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public CtlElemValue(MemorySegment segment, DataModel model) {
        this.segment = segment.asSlice(0, layout(model).byteSize());
        this.model = model;
    }

    private static StructLayout[] contents(DataModel model) {
        return new StructLayout[] {
            new StructBuilder(model)
                    .array("value", MAX_WORDS, StructBuilder.wordLayout(model.longBytes()))
                    .build("integer"),
            MemoryLayout.structLayout(
                            MemoryLayout.sequenceLayout(MAX_INT64, StructBuilder.int64Layout(model))
                                    .withName("value"))
                    .withName("integer64")
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

    /** The element. */
    public CtlElemId id() {
        return new CtlElemId(segment, model);
    }

    /** Whether anything is in the word that once said that the values are elsewhere. */
    public boolean isIndirect() {
        return INDIRECT.get(segment, model) != 0;
    }

    /** A boolean or an integer. */
    public long integer(int index) {
        long at = at(index, MAX_WORDS, model.longBytes());
        return model.longBytes() == Long.BYTES
                ? segment.get(JAVA_LONG_UNALIGNED, at)
                : segment.get(JAVA_INT_UNALIGNED, at);
    }

    /** Stores a boolean or an integer. */
    public void integer(int index, long value) {
        long at = at(index, MAX_WORDS, model.longBytes());
        if (model.longBytes() == Long.BYTES) {
            segment.set(JAVA_LONG_UNALIGNED, at, value);
        } else {
            segment.set(JAVA_INT_UNALIGNED, at, (int) value);
        }
    }

    /** A 64-bit integer. */
    public long integer64(int index) {
        return segment.get(JAVA_LONG_UNALIGNED, at(index, MAX_INT64, Long.BYTES));
    }

    /** Stores a 64-bit integer. */
    public void integer64(int index, long value) {
        segment.set(JAVA_LONG_UNALIGNED, at(index, MAX_INT64, Long.BYTES), value);
    }

    /** The number of a name. */
    public int item(int index) {
        return segment.get(JAVA_INT_UNALIGNED, at(index, MAX_WORDS, Integer.BYTES));
    }

    /** Stores the number of a name. */
    public void item(int index, int value) {
        segment.set(JAVA_INT_UNALIGNED, at(index, MAX_WORDS, Integer.BYTES), value);
    }

    /** Copies the first bytes out: of an element of bytes or an IEC 958 one. */
    public void bytes(byte[] into) {
        at(into.length - 1, MAX_WORDS * model.longBytes(), 1);
        MemorySegment.copy(segment, JAVA_BYTE, VALUE.get(model), into, 0, into.length);
    }

    /** Stores the first bytes. */
    public void setBytes(byte[] from) {
        at(from.length - 1, MAX_WORDS * model.longBytes(), 1);
        MemorySegment.copy(from, 0, segment, JAVA_BYTE, VALUE.get(model), from.length);
    }

    private long at(int index, int count, int bytes) {
        return VALUE.get(model) + (long) Objects.checkIndex(index, count) * bytes;
    }
}
