package io.pcmshare.abi;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * A member as wide as the program's {@code long}: frames, a size, a pointer.
 *
 * <p>Unaligned, so that a view may lie on any memory, a {@code byte[]} included.
 */
record WordField(PerModel offset) {
    /** The value of an unsigned member; 32 bits are widened with zeros. */
    long get(MemorySegment segment, DataModel model) {
        return wide(model)
                ? segment.get(JAVA_LONG_UNALIGNED, offset.get(model))
                : Integer.toUnsignedLong(segment.get(JAVA_INT_UNALIGNED, offset.get(model)));
    }

    /** The value of a signed member; 32 bits are widened with the sign. */
    long getSigned(MemorySegment segment, DataModel model) {
        return wide(model)
                ? segment.get(JAVA_LONG_UNALIGNED, offset.get(model))
                : segment.get(JAVA_INT_UNALIGNED, offset.get(model));
    }

    /** Stores the value; of a 32-bit member the low 32 bits, as the kernel's compat layer does. */
    void set(MemorySegment segment, DataModel model, long value) {
        if (wide(model)) {
            segment.set(JAVA_LONG_UNALIGNED, offset.get(model), value);
        } else {
            segment.set(JAVA_INT_UNALIGNED, offset.get(model), (int) value);
        }
    }

    private static boolean wide(DataModel model) {
        return model == DataModel.LP64;
    }
}
