package io.pcmshare.abi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.charset.StandardCharsets;

/** A fixed array of bytes that holds a text and at least one zero behind it. */
record TextField(long offset, int bytes) {
    static TextField of(StructLayout layout, String name) {
        PathElement member = PathElement.groupElement(name);
        return new TextField(layout.byteOffset(member), (int) layout.select(member).byteSize());
    }

    /** The text up to the first zero, or to the end of an array that has none. */
    String get(MemorySegment segment) {
        int length = 0;
        while (length < bytes && segment.get(JAVA_BYTE, offset + length) != 0) {
            length++;
        }
        byte[] text = segment.asSlice(offset, length).toArray(JAVA_BYTE);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Stores the text, cut off so that a zero fits behind it, and clears the rest. */
    void set(MemorySegment segment, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(encoded.length, bytes - 1);
        MemorySegment.copy(encoded, 0, segment, JAVA_BYTE, offset, length);
        segment.asSlice(offset + length, bytes - length).fill((byte) 0);
    }

    /** Stores the text and one zero, and leaves what is behind as it is. */
    void setStart(MemorySegment segment, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(encoded.length, bytes - 1);
        MemorySegment.copy(encoded, 0, segment, JAVA_BYTE, offset, length);
        segment.set(JAVA_BYTE, offset + length, (byte) 0);
    }
}
