package io.pcmshare.abi;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * A 32-bit member of a struct that one side copies whole.
 *
 * <p>Unaligned, so that a view may lie on any memory, a {@code byte[]} included.
 */
record IntField(PerModel offset) {
    int get(MemorySegment segment, DataModel model) {
        return segment.get(JAVA_INT_UNALIGNED, offset.get(model));
    }

    void set(MemorySegment segment, DataModel model, int value) {
        segment.set(JAVA_INT_UNALIGNED, offset.get(model), value);
    }
}
