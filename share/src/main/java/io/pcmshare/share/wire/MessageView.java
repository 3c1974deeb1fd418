package io.pcmshare.share.wire;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.PathElement.sequenceElement;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/** View of one message: its header, and its body as words of 4 or of 8 bytes. */
final class MessageView {
    /** {@code PCMS} in memory, on a little-endian machine. */
    static final int MAGIC = 0x534D4350;

    static final short VERSION = 1;

    private static final int BODY_BYTES = 48;

    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_INT_UNALIGNED.withName("magic"),
                    JAVA_SHORT_UNALIGNED.withName("version"),
                    JAVA_SHORT_UNALIGNED.withName("type"),
                    JAVA_INT_UNALIGNED.withName("size"),
                    JAVA_INT_UNALIGNED.withName("reserved"),
                    MemoryLayout.unionLayout(
                                    MemoryLayout.sequenceLayout(
                                                    BODY_BYTES / Integer.BYTES, JAVA_INT_UNALIGNED)
                                            .withName("words"),
                                    MemoryLayout.sequenceLayout(
                                                    BODY_BYTES / Long.BYTES, JAVA_LONG_UNALIGNED)
                                            .withName("long_words"))
                            .withName("body"));

    private static final VarHandle MAGIC_FIELD = LAYOUT.varHandle(groupElement("magic"));
    private static final VarHandle VERSION_FIELD = LAYOUT.varHandle(groupElement("version"));
    private static final VarHandle TYPE = LAYOUT.varHandle(groupElement("type"));
    private static final VarHandle SIZE = LAYOUT.varHandle(groupElement("size"));
    private static final VarHandle WORD =
            LAYOUT.varHandle(groupElement("body"), groupElement("words"), sequenceElement());
    private static final VarHandle LONG_WORD =
            LAYOUT.varHandle(groupElement("body"), groupElement("long_words"), sequenceElement());

    private final MemorySegment segment;

    MessageView(MemorySegment segment) {
        this.segment = segment.asSlice(0, LAYOUT.byteSize());
    }

    void begin(int type, int size) {
        MAGIC_FIELD.set(segment, 0L, MAGIC);
        VERSION_FIELD.set(segment, 0L, VERSION);
        TYPE.set(segment, 0L, (short) type);
        SIZE.set(segment, 0L, size);
    }

    void check(int size) throws ProtocolException {
        int magic = (int) MAGIC_FIELD.get(segment, 0L);
        short version = (short) VERSION_FIELD.get(segment, 0L);
        int said = (int) SIZE.get(segment, 0L);
        if (magic != MAGIC || version != VERSION || said != size) {
            throw new ProtocolException(
                    "magic=0x"
                            + Integer.toHexString(magic)
                            + ", version="
                            + version
                            + ", size="
                            + said);
        }
    }

    int type() {
        return (short) TYPE.get(segment, 0L);
    }

    int word(long index) {
        return (int) WORD.get(segment, 0L, index);
    }

    void word(long index, int value) {
        WORD.set(segment, 0L, index, value);
    }

    long longWord(long index) {
        return (long) LONG_WORD.get(segment, 0L, index);
    }

    void longWord(long index, long value) {
        LONG_WORD.set(segment, 0L, index, value);
    }
}
