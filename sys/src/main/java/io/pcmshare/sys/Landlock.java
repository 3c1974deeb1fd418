package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/** Access rights a thread gives up. Man page: landlock(7). */
public final class Landlock {
    /** {@code struct landlock_ruleset_attr}. Kernel: uapi/linux/landlock.h, ABI 6. */
    private static final StructLayout RULESET =
            MemoryLayout.structLayout(
                    JAVA_LONG.withName("handled_access_fs"),
                    JAVA_LONG.withName("handled_access_net"),
                    JAVA_LONG.withName("scoped"));

    private static final VarHandle FS = of("handled_access_fs");
    private static final VarHandle NET = of("handled_access_net");
    private static final VarHandle SCOPED = of("scoped");

    private static final int CREATE_RULESET_VERSION = 1;
    private static final int CREATE_RULESET_ERRATA = 2;

    /** Between threads of one process signals pass although one is restricted and one is not. */
    private static final int ERRATUM_SIGNALS_WITHIN_PROCESS = 2;

    private static final int SCOPE_ABSTRACT_UNIX_SOCKET = 1;
    private static final int SCOPE_SIGNAL = 2;
    private static final int NET_BIND_AND_CONNECT = 3;

    private Landlock() {}

    /** The version of the kernel's ABI, from 1; 0 where it has none or has it turned off. */
    public static int abi() {
        return (int) Math.max(create(0, 0, CREATE_RULESET_VERSION), 0);
    }

    /**
     * Gives up every right this kernel's ABI can take: files, TCP, abstract sockets, signals to
     * other processes. For the calling thread and those it starts from now on, not for threads that
     * run already; descriptors that are open stay usable. Sets NO_NEW_PRIVS before.
     *
     * @return whether the kernel could
     */
    public static boolean restrictEverything() throws ErrnoException {
        int abi = abi();
        if (abi == 0) {
            return false;
        }
        Prctl.setNoNewPrivileges();
        try (Arena arena = Arena.ofConfined();
                Fd ruleset = everything(arena, abi)) {
            long result = Kernel.call(Syscall.LANDLOCK_RESTRICT_SELF, ruleset.number(), 0);
            ErrnoException.check("landlock_restrict_self", result, "abi=" + abi);
            return true;
        }
    }

    private static Fd everything(Arena arena, int abi) throws ErrnoException {
        MemorySegment ruleset = arena.allocate(RULESET);
        FS.set(ruleset, 0L, fileRights(abi));
        NET.set(ruleset, 0L, abi >= 4 ? (long) NET_BIND_AND_CONNECT : 0L);
        SCOPED.set(ruleset, 0L, scopes(abi));
        long result = create(ruleset.address(), ruleset.byteSize(), 0);
        return Fd.take((int) ErrnoException.check("landlock_create_ruleset", result, "abi=" + abi));
    }

    /** LANDLOCK_ACCESS_FS_*: 13 rights, then REFER, TRUNCATE, IOCTL_DEV. */
    private static long fileRights(int abi) {
        int rights = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;
        return (1L << rights) - 1;
    }

    private static long scopes(int abi) {
        if (abi < 6) {
            return 0;
        }
        long errata = Math.max(create(0, 0, CREATE_RULESET_ERRATA), 0);
        boolean signals = (errata & ERRATUM_SIGNALS_WITHIN_PROCESS) != 0;
        return signals ? SCOPE_ABSTRACT_UNIX_SOCKET | SCOPE_SIGNAL : SCOPE_ABSTRACT_UNIX_SOCKET;
    }

    private static long create(long ruleset, long bytes, int flags) {
        return Kernel.call(Syscall.LANDLOCK_CREATE_RULESET, ruleset, bytes, flags);
    }

    private static VarHandle of(String field) {
        return RULESET.varHandle(MemoryLayout.PathElement.groupElement(field));
    }
}
