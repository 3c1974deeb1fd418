package io.pcmshare.sys;

/**
 * A question about one argument of a system call, a 64-bit register. What memory it points to, a
 * filter cannot see.
 *
 * @param index 0 to 5
 * @param mask bits that count; a call that takes an int leaves the upper half undefined, mask it
 * @param comparison between the masked argument and {@code value}, both unsigned
 */
public record ArgumentTest(int index, long mask, Comparison comparison, long value) {
    /** How the argument is compared. */
    public enum Comparison {
        EQUAL,
        AT_LEAST
    }

    private static final long LOW_HALF = 0xffff_ffffL;

    public ArgumentTest {
        if (index < 0 || index > 5 || (value & ~mask) != 0) {
            throw new IllegalArgumentException(
                    "index=" + index + ", mask=" + mask + ", value=" + value);
        }
    }

    /** The {@code index}-th argument, 64 bits of it. */
    public static Argument argument(int index) {
        return new Argument(index, -1);
    }

    /** The {@code index}-th argument where the kernel takes an int: the lower 32 bits. */
    public static Argument intArgument(int index) {
        return new Argument(index, LOW_HALF);
    }

    /** Whether the test holds, for a register of this content. */
    boolean holds(long register) {
        return switch (comparison) {
            case EQUAL -> (register & mask) == value;
            case AT_LEAST -> Long.compareUnsigned(register & mask, value) >= 0;
        };
    }

    /** An argument that is about to be compared. */
    public record Argument(int index, long mask) {
        /** Only these bits of it. */
        public Argument masked(long bits) {
            return new Argument(index, mask & bits);
        }

        public ArgumentTest is(long value) {
            return new ArgumentTest(index, mask, Comparison.EQUAL, value);
        }

        /** At least so much, unsigned. */
        public ArgumentTest isAtLeast(long value) {
            return new ArgumentTest(index, mask, Comparison.AT_LEAST, value);
        }
    }
}
