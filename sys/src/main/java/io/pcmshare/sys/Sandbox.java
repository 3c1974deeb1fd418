package io.pcmshare.sys;

import io.pcmshare.abi.Errno;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Confines this virtual machine to what it holds: memory, descriptors, threads. For a program that
 * from now on only plays audio.
 *
 * <p>What stays possible: compiling, collecting, threads, exceptions, printing, exiting, reading
 * and writing open descriptors, classes of the JDK and of jars on the class path. Classes from
 * directories and native libraries have to be loaded before.
 */
public final class Sandbox {
    /**
     * What was applied.
     *
     * @param seccomp whether all threads are filtered; always so when {@link #confine} returns
     * @param landlockAbi version under which the calling thread gave up its rights; 0 where the
     *     kernel has none
     */
    public record Confinement(boolean seccomp, int landlockAbi) {}

    /** Classes that are first needed when no file can be opened any more. */
    private static final List<Class<?>> NEEDED_LATER =
            List.of(
                    ErrnoException.class,
                    Fd.class,
                    Mapping.class,
                    UnixSocket.class,
                    Received.class,
                    Futex.class,
                    Clocks.class,
                    Poll.class,
                    EventFd.class);

    private static @Nullable Confinement applied;

    private Sandbox() {}

    /** Whether the kernel filters system calls. */
    public static boolean available() {
        return Seccomp.actionAvailable(SeccompAction.errno(Errno.EPERM));
    }

    /**
     * Gives up files, network, other programs and other processes, in all threads, for good. A
     * second call changes nothing and answers as the first.
     *
     * @throws ErrnoException if the kernel has no filters, or a thread could not be filtered: then
     *     the process is not confined, and should not go on as if it were
     */
    public static synchronized Confinement confine() throws ErrnoException {
        if (applied == null) {
            initialize();
            BpfProgram profile = SandboxProfile.create((int) ProcessHandle.current().pid());
            int abi = Landlock.abi();
            Confinement confinement = new Confinement(true, abi);
            // Landlock first: the filter would refuse it
            var _ = Landlock.restrictEverything();
            var _ = Seccomp.install(profile, Seccomp.FLAG_TSYNC);
            applied = confinement;
        }
        return applied;
    }

    private static void initialize() {
        for (Class<?> type : NEEDED_LATER) {
            try {
                Class.forName(type.getName(), true, type.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e); // it was just named
            }
        }
        try {
            openWhatIsOpenedLazily();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the JDK's own files
        }
    }

    private static void openWhatIsOpenedLazily() throws IOException {
        // the run-time image, which classes outside java.base are read from
        try (InputStream any = Object.class.getResourceAsStream("Object.class")) {
            Objects.requireNonNull(any);
        }
        // a name that no jar has: all of the class path are opened to find that out
        var _ = Collections.list(ClassLoader.getSystemResources("META-INF/services/none"));
        // Runtime.exit() asks for this logger
        var _ = System.getLogger("java.lang.Runtime").isLoggable(System.Logger.Level.DEBUG);
    }
}
