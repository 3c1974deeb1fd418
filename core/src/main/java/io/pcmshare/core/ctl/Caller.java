package io.pcmshare.core.ctl;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.core.user.UserMemory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Who makes a call: memory, data model, and scratch memory that lives as long as the call.
 *
 * @param memory the program's memory
 * @param model how the program lays structs out
 * @param arena where copies are kept
 */
record Caller(UserMemory memory, DataModel model, Arena arena) {
    static final int EFAULT = Errno.EFAULT.negated();
    private static final long ALIGNMENT = 8;

    boolean isCompat() {
        return model != DataModel.LP64;
    }

    /** A copy of a struct of the program; {@code null} where it has none. */
    @Nullable MemorySegment read(long address, MemoryLayout layout) {
        return read(address, layout.byteSize());
    }

    /** A copy of bytes of the program; {@code null} where it has none. */
    @Nullable MemorySegment read(long address, long bytes) {
        MemorySegment copy = scratch(bytes);
        return memory.read(address, copy, 0, bytes) < 0 ? null : copy;
    }

    /** Zeroed memory. */
    MemorySegment scratch(long bytes) {
        return arena.allocate(bytes, ALIGNMENT);
    }

    /** Copies all of it to the program: 0 or a negated {@code EFAULT}. */
    int write(long address, MemorySegment from) {
        return memory.write(address, from, 0, from.byteSize());
    }

    /** Stores an {@code int}: 0 or a negated {@code EFAULT}. */
    int writeInt(long address, int value) {
        MemorySegment copy = scratch(Integer.BYTES);
        copy.set(ValueLayout.JAVA_INT, 0, value);
        return write(address, copy);
    }

    /** An address as the program has it: 32 bits of a 32-bit one. */
    long pointer(long value) {
        return isCompat() ? Integer.toUnsignedLong((int) value) : value;
    }
}
