package io.pcmshare.run.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.user.UserMemory;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

final class LaterMemoryTest {
    private static final long EFAULT = Errno.EFAULT.negated();
    private static final int ROOM = 64;

    private final MemorySegment memory = Arena.ofAuto().allocate(ROOM, Long.BYTES);
    private boolean answering;

    /** A program that notices when it is looked at in the middle of a call. */
    private final UserMemory program =
            new UserMemory() {
                @Override
                public int read(long address, MemorySegment into, long offset, long bytes) {
                    assertThat(answering).as("read while the call is answered").isFalse();
                    if (address < 0 || address + bytes > ROOM) {
                        return (int) EFAULT;
                    }
                    MemorySegment.copy(memory, address, into, offset, bytes);
                    return 0;
                }

                @Override
                public int write(long address, MemorySegment from, long offset, long bytes) {
                    assertThat(answering).as("written while the call is answered").isFalse();
                    if (address < 0 || address + bytes > ROOM) {
                        return (int) EFAULT;
                    }
                    MemorySegment.copy(from, offset, memory, address, bytes);
                    return 0;
                }
            };

    private long call(long bytesFirst, long address) {
        return LaterMemory.call(
                program,
                0,
                bytesFirst,
                later -> {
                    answering = true;
                    try {
                        return follow(later, address);
                    } finally {
                        answering = false;
                    }
                });
    }

    /** Follows the pointer at 0, and stores one more than what it leads to. */
    private static long follow(UserMemory later, long to) {
        MemorySegment word = Arena.ofAuto().allocate(Long.BYTES);
        if (later.read(0, word, 0, Long.BYTES) < 0) {
            return EFAULT;
        }
        long pointer = word.get(ValueLayout.JAVA_LONG, 0);
        if (later.read(pointer, word, 0, Long.BYTES) < 0) {
            return EFAULT;
        }
        word.set(ValueLayout.JAVA_LONG, 0, word.get(ValueLayout.JAVA_LONG, 0) + 1);
        return later.write(to, word, 0, Long.BYTES) < 0 ? EFAULT : 7;
    }

    @Test
    void whatACallReadsIsFetchedBeforeAndWhatItWritesStoredBehindIt() {
        memory.set(ValueLayout.JAVA_LONG, 0, 16);
        memory.set(ValueLayout.JAVA_LONG, 16, 41);

        assertThat(call(Long.BYTES, 24)).isEqualTo(7);
        assertThat(memory.get(ValueLayout.JAVA_LONG, 24)).isEqualTo(42);
    }

    @Test
    void whatIsNotKnownBeforehandIsFetchedAsWell() {
        memory.set(ValueLayout.JAVA_LONG, 0, 16);
        memory.set(ValueLayout.JAVA_LONG, 16, 1);

        assertThat(call(0, 24)).isEqualTo(7);
        assertThat(memory.get(ValueLayout.JAVA_LONG, 24)).isEqualTo(2);
    }

    @Test
    void addressesWithoutMemoryAreFaults() {
        memory.set(ValueLayout.JAVA_LONG, 0, ROOM);
        assertThat(call(Long.BYTES, 24)).as("read").isEqualTo(EFAULT);

        memory.set(ValueLayout.JAVA_LONG, 0, 16);
        assertThat(call(Long.BYTES, ROOM)).as("write").isEqualTo(EFAULT);
    }
}
