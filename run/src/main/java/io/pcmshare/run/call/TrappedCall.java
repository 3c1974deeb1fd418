package io.pcmshare.run.call;

import io.pcmshare.sys.Arch;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * The system calls of a program that wait for our answer, with their numbers. Kernel:
 * arch/x86/entry/syscalls/syscall_64.tbl and syscall_32.tbl, include/uapi/asm-generic/unistd.h.
 *
 * <p>The aarch64 column is untested. Old calls of 32-bit programs that no libc of this century
 * makes are left alone: {@code oldstat}, and {@code mmap} with its arguments in memory.
 */
public enum TrappedCall {
    OPEN(2, 5, -1),
    CREAT(85, 8, -1),
    OPENAT(257, 295, 56),
    OPENAT2(437, 437, 437),
    STAT(4, 195, -1),
    LSTAT(6, 196, -1),
    NEWFSTATAT(262, 300, 79),
    STATX(332, 383, 291),
    /** {@code fstat64} of a 32-bit program. */
    FSTAT(5, 197, 80),
    ACCESS(21, 33, -1),
    FACCESSAT(269, 307, 48),
    FACCESSAT2(439, 439, 439),
    READLINK(89, 85, -1),
    READLINKAT(267, 305, 78),
    IOCTL(16, 54, 29),
    /** {@code mmap2} of a 32-bit program, which counts the offset in pages. */
    MMAP(9, 192, 222),
    /** {@code fcntl64} of a 32-bit program. */
    FCNTL(72, 221, 25),
    READ(0, 3, 63),
    WRITE(1, 4, 64),
    READV(19, 145, 65),
    WRITEV(20, 146, 66),
    IO_URING_SETUP(425, 425, 425);

    private static final Map<Integer, TrappedCall> BY_X86_64 = new HashMap<>();
    private static final Map<Integer, TrappedCall> BY_I386 = new HashMap<>();
    private static final Map<Integer, TrappedCall> BY_AARCH64 = new HashMap<>();

    static {
        for (TrappedCall call : values()) {
            BY_X86_64.put(call.x86, call);
            BY_I386.put(call.i386, call);
            BY_AARCH64.put(call.aarch64, call);
        }
    }

    private final int x86;
    private final int i386;
    private final int aarch64;

    TrappedCall(int x86, int i386, int aarch64) {
        this.x86 = x86;
        this.i386 = i386;
        this.aarch64 = aarch64;
    }

    /** The number of an architecture; -1 where it has no such call. */
    public int nr(Arch arch) {
        return switch (arch) {
            case X86_64 -> x86;
            case I386 -> i386;
            case AARCH64 -> aarch64;
            case ARM -> -1;
        };
    }

    /** The call with a number; {@code null} for one that is none of ours. */
    public static @Nullable TrappedCall of(boolean is32Bit, int nr) {
        if (is32Bit) {
            return BY_I386.get(nr);
        }
        return Arch.current() == Arch.X86_64 ? BY_X86_64.get(nr) : BY_AARCH64.get(nr);
    }
}
