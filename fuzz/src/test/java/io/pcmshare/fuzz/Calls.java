package io.pcmshare.fuzz;

import io.pcmshare.abi.DataModel;
import io.pcmshare.core.user.SegmentMemory;
import io.pcmshare.core.user.UserMemory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.ToLongFunction;

/**
 * Ioctls of a program, as an input describes them. A call is the bytes
 *
 * <pre>
 *   which call, or 0xF0.. and 4 bytes of a request
 *   where its argument is, in words; or 0 and 8 bytes of any value
 *   how many words of the argument follow, and these
 *   how many milliseconds pass
 * </pre>
 */
final class Calls {
    /** Where the program's memory begins; nothing is below. */
    static final long BASE = 0x10000;

    private static final int MEMORY_BYTES = 1 << 14;
    private static final int WILD = 0xF0;
    private static final int LOWEST_ANSWER = -4095;

    private final MemorySegment memory = Arena.ofAuto().allocate(MEMORY_BYTES, 64);
    private final SegmentMemory user = new SegmentMemory(memory, BASE);
    private final ByteBuffer input;

    Calls(byte[] input) {
        this.input = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
    }

    UserMemory user() {
        return user;
    }

    /** One of so many choices. */
    int choice(int count) {
        return next() % count;
    }

    /** The program's. */
    DataModel model() {
        return switch (choice(3)) {
            case 0 -> DataModel.LP64;
            case 1 -> DataModel.ILP32;
            default -> DataModel.ILP32_TIME64;
        };
    }

    boolean hasNext() {
        return input.remaining() > 0;
    }

    private int next() {
        return input.hasRemaining() ? Byte.toUnsignedInt(input.get()) : 0;
    }

    /** The next request: one of those that there are, or any number. */
    <E> int request(E[] known, ToLongFunction<E> numberOf) {
        int which = next();
        if (which >= WILD && input.remaining() >= Integer.BYTES) {
            return input.getInt();
        }
        return (int) numberOf.applyAsLong(known[which % known.length]);
    }

    /** The next argument, with what lies there. */
    long argument() {
        int word = next();
        if (word == 0 && input.remaining() >= Long.BYTES) {
            return input.getLong();
        }
        long offset = (long) word * Integer.BYTES;
        int bytes = Math.min(input.remaining(), next() * Integer.BYTES);
        for (int i = 0; i < bytes; i++) {
            memory.set(ValueLayout.JAVA_BYTE, offset + i, (byte) next());
        }
        return BASE + offset;
    }

    /** How long the program waits, nanoseconds. */
    long pause() {
        return next() * 1_000_000L;
    }

    /** A result, or a negated errno. */
    static void check(long answer, int request) {
        if (answer < LOWEST_ANSWER) {
            throw new IllegalStateException(
                    "answer=" + answer + ", request=0x" + Integer.toHexString(request));
        }
    }
}
