package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.pcmshare.abi.Errno;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Starts a program from the calling thread, whose system call filter it inherits. Man page:
 * posix_spawn(3), wait4(2).
 *
 * <p>The JDK's own way would start a thread to wait for the program, from this thread and so with
 * its filter, and a helper program in between.
 */
public final class Spawn {
    // glibc: sizes are 336 and 80 bytes on 64-bit machines; these are room enough
    private static final long ATTRIBUTES_BYTES = 1024;
    private static final long ACTIONS_BYTES = 512;
    private static final long SIGSET_BYTES = 128;
    private static final long SETSIGMASK = 0x08;
    private static final int CLOSE_RANGE_CLOEXEC = 4;
    private static final int FIRST_OF_OURS = 3;

    private static final MethodHandle SPAWNP = function("posix_spawnp");
    private static final MethodHandle ATTR_INIT = function("posix_spawnattr_init");
    private static final MethodHandle ATTR_DESTROY = function("posix_spawnattr_destroy");
    private static final MethodHandle ATTR_MASK = function("posix_spawnattr_setsigmask");
    private static final MethodHandle ATTR_FLAGS = function("posix_spawnattr_setflags");
    private static final MethodHandle ACTIONS_INIT = function("posix_spawn_file_actions_init");
    private static final MethodHandle ACTIONS_DESTROY =
            function("posix_spawn_file_actions_destroy");
    private static final MethodHandle ACTIONS_DUP2 = function("posix_spawn_file_actions_adddup2");
    private static final MethodHandle ACTIONS_CHDIR =
            function("posix_spawn_file_actions_addchdir_np");

    private Spawn() {}

    /**
     * What to start.
     *
     * @param arguments its name, looked for along {@code PATH}, and arguments, as bytes
     * @param standard the program's descriptors 0, 1 and 2; fewer: the rest is inherited. Borrowed
     * @param directory where it starts; empty for here
     * @param environment {@code NAME=value} each; empty for ours
     */
    public record Program(
            List<byte[]> arguments, List<Fd> standard, String directory, List<byte[]> environment) {
        /** Refuses nonsense, and copies the lists. */
        public Program {
            if (arguments.isEmpty() || standard.size() > FIRST_OF_OURS) {
                throw new IllegalArgumentException(
                        "arguments=" + arguments.size() + ", standard=" + standard.size());
            }
            arguments = List.copyOf(arguments);
            standard = List.copyOf(standard);
            environment = List.copyOf(environment);
        }

        /** With everything else as it is here. */
        public static Program of(List<byte[]> arguments) {
            return new Program(arguments, List.of(), "", List.of());
        }
    }

    /**
     * Starts it. It gets the descriptors 0, 1 and 2 and no other, and no signal blocked.
     *
     * @return its pid; whoever started it collects it with {@link #collect}
     * @throws ErrnoException ENOENT where there is no such program, EACCES, E2BIG, EAGAIN …
     */
    public static int start(Program program) throws ErrnoException {
        // everything that this process has open stays its own
        long marked = Kernel.call(Syscall.CLOSE_RANGE, FIRST_OF_OURS, -1, CLOSE_RANGE_CLOEXEC);
        ErrnoException.check("close_range", marked, "CLOSE_RANGE_CLOEXEC");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
            MemorySegment actions = arena.allocate(ACTIONS_BYTES, Long.BYTES);
            MemorySegment pid = arena.allocate(JAVA_INT);
            MemorySegment file = bytes(arena, program.arguments().getFirst());
            call(ATTR_INIT, attributes.address(), 0, 0);
            call(ACTIONS_INIT, actions.address(), 0, 0);
            try {
                prepare(arena, attributes, actions, program);
                int answer =
                        (int)
                                SPAWNP.invokeExact(
                                        pid.address(),
                                        file.address(),
                                        actions.address(),
                                        attributes.address(),
                                        vector(arena, program.arguments()).address(),
                                        environment(arena, program));
                if (answer != 0) {
                    String name =
                            new String(program.arguments().getFirst(), StandardCharsets.UTF_8);
                    throw new ErrnoException("posix_spawnp", answer, "file=" + name);
                }
                return pid.get(JAVA_INT, 0);
            } finally {
                call(ACTIONS_DESTROY, actions.address(), 0, 0);
                call(ATTR_DESTROY, attributes.address(), 0, 0);
            }
        } catch (ErrnoException failure) {
            throw failure;
        } catch (Throwable failure) {
            throw Kernel.unexpected(failure);
        }
    }

    /**
     * Does everything that {@link #start} does, for a program that cannot be: so a thread that is
     * about to be filtered has every class that it needs, and opens no file for one.
     */
    public static void rehearse() {
        try {
            byte[] nothing = "/dev/null/no-program".getBytes(StandardCharsets.US_ASCII);
            int pid = start(Program.of(List.of(nothing)));
            throw new IllegalStateException("pid=" + pid);
        } catch (ErrnoException expected) {
            // ENOTDIR: there is no such program, and its exception is loaded as well
        }
    }

    /**
     * Takes what is left of a program that has ended.
     *
     * @return its exit status, or 128 and the number of the signal that ended it; a negated errno:
     *     EAGAIN while it runs
     */
    public static int collect(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            int noHang = 1;
            long result = Kernel.retry(Syscall.WAIT4, pid, status.address(), noHang, 0, 0, 0);
            if (result <= 0) {
                return result == 0 ? Errno.EAGAIN.negated() : (int) result;
            }
            int word = status.get(JAVA_INT, 0);
            int signal = word & 0x7f;
            return signal == 0 ? word >> Byte.SIZE & 0xff : 0x80 + signal;
        }
    }

    private static void prepare(
            Arena arena, MemorySegment attributes, MemorySegment actions, Program program)
            throws Throwable {
        MemorySegment none = arena.allocate(SIGSET_BYTES, Long.BYTES);
        call(ATTR_MASK, attributes.address(), none.address(), 0);
        call(ATTR_FLAGS, attributes.address(), SETSIGMASK, 0);
        for (int i = 0; i < program.standard().size(); i++) {
            call(ACTIONS_DUP2, actions.address(), program.standard().get(i).number(), i);
        }
        if (!program.directory().isEmpty()) {
            MemorySegment directory = arena.allocateFrom(program.directory());
            call(ACTIONS_CHDIR, actions.address(), directory.address(), 0);
        }
    }

    private static long environment(Arena arena, Program program) {
        return program.environment().isEmpty()
                ? ours()
                : vector(arena, program.environment()).address();
    }

    /** libc's own vector, so that no byte of it is lost in a translation to text. */
    @SuppressWarnings("restricted") // a pointer that libc keeps valid
    private static long ours() {
        MemorySegment environ =
                Linker.nativeLinker()
                        .defaultLookup()
                        .findOrThrow("environ")
                        .reinterpret(Long.BYTES);
        return environ.get(JAVA_LONG, 0);
    }

    private static MemorySegment vector(Arena arena, List<byte[]> texts) {
        MemorySegment vector = arena.allocate(ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            vector.setAtIndex(ADDRESS, i, bytes(arena, texts.get(i)));
        }
        return vector;
    }

    private static MemorySegment bytes(Arena arena, byte[] text) {
        MemorySegment terminated = arena.allocate(text.length + 1L);
        MemorySegment.copy(text, 0, terminated, ValueLayout.JAVA_BYTE, 0, text.length);
        return terminated;
    }

    private static void call(MethodHandle function, long first, long second, long third)
            throws Throwable {
        int answer = (int) function.invokeExact(first, second, third, 0L, 0L, 0L);
        if (answer != 0) {
            throw new ErrnoException("posix_spawn", answer, "");
        }
    }

    /**
     * All with one signature, as the linker makes code for each: what a function does not take, it
     * does not look at, in registers that hold anything anyway.
     */
    private static MethodHandle function(String name) {
        return Kernel.downcall(
                name,
                FunctionDescriptor.of(
                        JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                        JAVA_LONG));
    }
}
