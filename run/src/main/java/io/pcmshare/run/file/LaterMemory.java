package io.pcmshare.run.file;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.user.UserMemory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A program's memory that is not touched while a call is answered, but before and behind it. The
 * core answers some calls under a lock that other threads need, and a page that never arrives would
 * have all of them wait for one program.
 *
 * <p>What a call reads that was not fetched before fails once; it is fetched, and the call is made
 * again. Threads: one.
 */
final class LaterMemory implements UserMemory {
    private static final int EFAULT = Errno.EFAULT.negated();

    /** A struct, and what it points to, once or twice. */
    private static final int MOST_ATTEMPTS = 4;

    private final UserMemory program;
    private final Arena arena;
    private final List<Piece> fetched = new ArrayList<>();
    private final List<Piece> written = new ArrayList<>();
    private @Nullable Piece missing;

    /** So many bytes from an address on; without memory they are not there. */
    private record Piece(long address, long bytes, @Nullable MemorySegment copy) {
        boolean holds(long from, long count) {
            return from >= address && from - address <= bytes - count;
        }
    }

    private LaterMemory(UserMemory program, Arena arena) {
        this.program = program;
        this.arena = arena;
    }

    /**
     * Makes a call with memory that does not wait.
     *
     * @param address what it will read first
     * @param bytes how much of it; 0 where that is not known
     * @return its answer, or a negated {@code EFAULT} where that cannot be stored
     */
    static long call(
            UserMemory program, long address, long bytes, ToLongFunction<UserMemory> call) {
        try (Arena arena = Arena.ofConfined()) {
            LaterMemory memory = new LaterMemory(program, arena);
            if (bytes > 0) {
                memory.fetch(address, bytes);
            }
            long answer = EFAULT;
            for (int i = 0; i < MOST_ATTEMPTS; i++) {
                memory.written.clear();
                memory.missing = null;
                answer = call.applyAsLong(memory);
                Piece wanted = memory.missing;
                if (wanted == null) {
                    return memory.store() ? answer : EFAULT;
                }
                memory.fetch(wanted.address(), wanted.bytes());
            }
            return answer;
        }
    }

    private void fetch(long address, long bytes) {
        MemorySegment copy = arena.allocate(Math.max(1, bytes), Long.BYTES);
        boolean there = program.read(address, copy, 0, bytes) >= 0;
        fetched.add(new Piece(address, bytes, there ? copy : null));
    }

    private boolean store() {
        for (Piece piece : written) {
            MemorySegment copy = piece.copy();
            if (copy != null && program.write(piece.address(), copy, 0, piece.bytes()) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int read(long address, MemorySegment into, long offset, long bytes) {
        for (Piece piece : fetched) {
            if (piece.holds(address, bytes)) {
                MemorySegment copy = piece.copy();
                if (copy == null) {
                    return EFAULT;
                }
                MemorySegment.copy(copy, address - piece.address(), into, offset, bytes);
                return 0;
            }
        }
        missing = new Piece(address, bytes, null);
        return EFAULT;
    }

    @Override
    public int write(long address, MemorySegment from, long offset, long bytes) {
        MemorySegment copy = arena.allocate(Math.max(1, bytes), Long.BYTES);
        MemorySegment.copy(from, offset, copy, 0, bytes);
        written.add(new Piece(address, bytes, copy));
        return 0;
    }
}
