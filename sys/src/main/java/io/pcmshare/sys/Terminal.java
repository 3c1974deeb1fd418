package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** The terminal that this process is controlled by. Man page: tcgetpgrp(3). */
public final class Terminal {
    private static final int TIOCGPGRP = 0x540f;

    private Terminal() {}

    /**
     * Whether this process group is in the foreground of a terminal: what is typed there to
     * interrupt or stop reaches all of the group.
     */
    public static boolean isOurs() {
        try (Fd terminal = Fd.open(Path.of("/dev/tty"), Fd.O_RDONLY);
                Arena arena = Arena.ofConfined()) {
            MemorySegment group = arena.allocate(JAVA_INT);
            int answer = Syscalls.ioctl(terminal, TIOCGPGRP, group);
            return answer == 0 && group.get(JAVA_INT, 0) == ours();
        } catch (ErrnoException none) {
            return false;
        }
    }

    private static int ours() {
        return (int) Kernel.call(Syscall.GETPGID, 0);
    }
}
